package io.millrace.dataflow.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Configuration;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.PublicAccessType;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Azurite, the emulator of Azure Blob Storage, as a process of its own on 127.0.0.1 and a free port. It holds its
 * blobs in memory and ends with {@link #close} or with this process.
 *
 * <p>Tests that need it have {@code @Tag("azurite")} and {@code @ExtendWith(AzuriteRequired.class)}.
 */
public final class AzuriteServer implements AutoCloseable {
    private static final String ACCOUNT = "devstoreaccount1";

    /** The key that every Azurite has; Microsoft publishes it for this purpose. */
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final String SIGNATURE_VERSION = "2021-12-02";

    private static final int MOST_ATTEMPTS = 300;

    private final Process process;
    private final Thread hook;
    private final String endpoint;
    private final BlobServiceClient client;

    private AzuriteServer(Process process, String endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        this.hook = new Thread(() -> end(process));
        Runtime.getRuntime().addShutdownHook(hook);
        this.client = new BlobServiceClientBuilder()
                .endpoint(endpoint)
                .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
                .serviceVersion(BlobServiceVersion.V2021_12_02)
                .httpClient(new JdkHttpClientBuilder().build())
                .configuration(Configuration.NONE)
                .buildClient();
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @throws IllegalStateException when there is none, or it does not start
     */
    public static AzuriteServer start() {
        Path executable = executable().orElseThrow(() -> new IllegalStateException(AzuriteRequired.HOW_TO_GET));
        try {
            int port = freePort();
            Path output = Files.createTempFile("azurite", ".log");
            output.toFile().deleteOnExit();
            Process process = new ProcessBuilder(
                            executable.toString(),
                            "--blobHost",
                            "127.0.0.1",
                            "--blobPort",
                            String.valueOf(port),
                            "--inMemoryPersistence",
                            "--skipApiVersionCheck",
                            "--disableTelemetry")
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            String endpoint = "http://127.0.0.1:" + port + "/" + ACCOUNT;
            boolean answers = false;
            try {
                awaitAnswer(process, output, endpoint);
                answers = true;
            } finally {
                if (!answers) {
                    end(process);
                }
            }
            return new AzuriteServer(process, endpoint);
        } catch (IOException failed) {
            throw new IllegalStateException("Azurite did not start: " + executable, failed);
        }
    }

    /**
     * Where Azurite is: the environment variable {@code MILLRACE_AZURITE}, else the cache that the build uses, else
     * the path of executables. Empty without Node as well.
     */
    public static Optional<Path> executable() {
        if (onPath("node").isEmpty()) {
            return Optional.empty();
        }
        String given = System.getenv("MILLRACE_AZURITE");
        Path cached = Path.of(
                System.getProperty("user.home"),
                ".cache",
                "millrace",
                "azurite",
                "node_modules",
                ".bin",
                "azurite-blob");
        return Stream.of(Optional.ofNullable(given).map(Path::of), Optional.of(cached), onPath("azurite-blob"))
                .flatMap(Optional::stream)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Makes a container whose blobs, and the list of them, anybody can read. */
    public AzuriteServer publicContainer(String name) {
        client.createBlobContainer(name).setAccessPolicy(PublicAccessType.CONTAINER, null);
        return this;
    }

    /** Makes a container that needs a signature. */
    public AzuriteServer privateContainer(String name) {
        client.createBlobContainer(name);
        return this;
    }

    /** Writes a blob, over one of that name. */
    public AzuriteServer upload(String container, String name, byte[] content) {
        client.getBlobContainerClient(container).getBlobClient(name).upload(BinaryData.fromBytes(content), true);
        return this;
    }

    /** Writes a blob of UTF-8 text, over one of that name. */
    public AzuriteServer upload(String container, String name, String content) {
        return upload(container, name, content.getBytes(UTF_8));
    }

    /** The content of a blob; empty where there is none. */
    public Optional<String> text(String container, String name) {
        BlobClient blob = client.getBlobContainerClient(container).getBlobClient(name);
        return blob.exists() ? Optional.of(new String(blob.downloadContent().toBytes(), UTF_8)) : Optional.empty();
    }

    /** The number of blocks that were sent for a blob and are not part of it. */
    public int uncommittedBlocks(String container, String name) {
        return client.getBlobContainerClient(container)
                .getBlobClient(name)
                .getBlockBlobClient()
                .listBlocks(BlockListType.UNCOMMITTED)
                .getUncommittedBlocks()
                .size();
    }

    /** The URL of a blob or of a pattern, without a signature. */
    public String url(String container, String name) {
        return endpoint + "/" + container + "/" + name;
    }

    /** A signature for a container, valid for an hour. {@code permissions} are letters such as {@code rl}. */
    public String sas(String container, String permissions) {
        return sas(container, permissions, Instant.now().plus(1, ChronoUnit.HOURS));
    }

    /** A signature for a container that ends at a time, as the query of a URL without a question mark. */
    public String sas(String container, String permissions, Instant expiry) {
        return sas(container, null, permissions, expiry);
    }

    /** A signature for one blob that ends at a time. */
    public String blobSas(String container, String name, String permissions, Instant expiry) {
        return sas(container, name, permissions, expiry);
    }

    private String sas(String container, @Nullable String name, String permissions, Instant expiry) {
        String end = expiry.truncatedTo(ChronoUnit.SECONDS).toString();
        String resource = name == null ? "c" : "b";
        String path = "/blob/" + ACCOUNT + "/" + container + (name == null ? "" : "/" + name);
        String toSign = String.join(
                "\n", permissions, "", end, path, "", "", "", SIGNATURE_VERSION, resource, "", "", "", "", "", "", "");
        return "sv=" + SIGNATURE_VERSION + "&sr=" + resource + "&sp=" + permissions + "&se="
                + URLEncoder.encode(end, UTF_8) + "&sig=" + URLEncoder.encode(hmac(toSign), UTF_8);
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns when the server answers at all. */
    private static void awaitAnswer(Process process, Path output, String endpoint) throws IOException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest anything = HttpRequest.newBuilder(URI.create(endpoint)).build();
        try {
            for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
                try {
                    http.send(anything, HttpResponse.BodyHandlers.discarding());
                    return;
                } catch (ConnectException notYet) {
                    if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                        throw new IOException("it ended with:\n" + Files.readString(output));
                    }
                }
            }
            throw new IOException("it does not answer:\n" + Files.readString(output));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> onPath(String name) {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(File.pathSeparator, -1))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        end(process);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAnyway) {
            // The hook is running or has run.
            return;
        }
    }
}
