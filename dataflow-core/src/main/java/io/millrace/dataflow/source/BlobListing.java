package io.millrace.dataflow.source;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Configuration;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.millrace.dataflow.error.DataflowException;
import io.millrace.dataflow.error.ErrorCode;
import io.millrace.dataflow.execution.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Finds the blobs that match a pattern, with the Azure SDK. Its classes are loaded for nothing else: see
 * docs/decisions/0009-blob-reads.md.
 */
final class BlobListing {
    private BlobListing() {}

    static List<SourceFile> list(RemoteTarget target, RemoteSettings settings, Cancellation cancellation) {
        BlobAddress address = target.blob();
        Glob glob = Glob.of(pattern(address.rawName()));
        PagedIterable<BlobItem> items = items(client(target, address), glob);
        Retries retries = new Retries(target, SasPreflight.Purpose.LIST, settings, cancellation::check);
        List<SourceFile> files = new ArrayList<>();
        Page page = new Page(List.of(), null);
        do {
            String token = page.next();
            page = retries.run(() -> fetch(items, token, target, cancellation));
            for (BlobItem item : page.items()) {
                if (isFile(item) && glob.matches(item.getName())) {
                    files.add(file(target, address, item));
                }
            }
        } while (page.next() != null);
        if (files.isEmpty()) {
            throw DataflowException.of(
                    ErrorCode.SOURCE_NOT_FOUND,
                    "Cannot find a blob that matches " + target.display(),
                    "No name in container '" + address.container() + "' that starts with '" + glob.prefix()
                            + "' matches");
        }
        files.sort(Comparator.comparing(SourceFile::display));
        return List.copyOf(files);
    }

    private static BlobContainerClient client(RemoteTarget target, BlobAddress address) {
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .endpoint(address.endpoint() + "/" + address.container())
                .httpClient(new JdkHttpClientBuilder(RemoteConnection.builder()).build())
                // The settings of this process alone decide, not variables that other tools of the SDK read.
                .configuration(Configuration.NONE)
                .serviceVersion(BlobServiceVersion.V2021_12_02)
                // Retries are counted in one place, Retries.
                .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, (Integer) null, null, null, null));
        target.token()
                .ifPresentOrElse(token -> builder.sasToken(RemoteTarget.sendable(token)), builder::setAnonymousAccess);
        return builder.buildClient();
    }

    /** Blobs by name. Those in deeper directories are left out by the server where the pattern cannot match them. */
    private static PagedIterable<BlobItem> items(BlobContainerClient container, Glob glob) {
        ListBlobsOptions options = new ListBlobsOptions()
                .setPrefix(glob.prefix())
                .setDetails(new BlobListDetails().setRetrieveMetadata(true));
        return glob.depth() == 1
                ? container.listBlobsByHierarchy("/", options, null)
                : container.listBlobs(options, null);
    }

    private static Page fetch(
            PagedIterable<BlobItem> items, @Nullable String token, RemoteTarget target, Cancellation cancellation)
            throws IOException {
        Future<Page> page = RemoteThreads.submit(() -> page(items, token, target));
        try {
            return RemoteThreads.await(page, cancellation::check);
        } finally {
            page.cancel(true);
        }
    }

    private static Page page(PagedIterable<BlobItem> items, @Nullable String token, RemoteTarget target)
            throws IOException {
        try {
            Iterator<PagedResponse<BlobItem>> pages =
                    (token == null ? items.iterableByPage() : items.iterableByPage(token)).iterator();
            if (!pages.hasNext()) {
                return new Page(List.of(), null);
            }
            PagedResponse<BlobItem> page = pages.next();
            String next = page.getContinuationToken();
            return new Page(page.getValue(), next == null || next.isEmpty() ? null : next);
        } catch (HttpResponseException refused) {
            throw refused(refused, target);
        } catch (RuntimeException failed) {
            for (Throwable at = failed; at != null; at = at.getCause()) {
                if (at instanceof IOException network) {
                    throw network;
                }
            }
            throw RemoteErrors.redacted(failed);
        }
    }

    private static RuntimeException refused(HttpResponseException refusal, RemoteTarget target) throws IOException {
        if (refusal.getResponse() == null) {
            throw RemoteErrors.redacted(refusal);
        }
        int status = refusal.getResponse().getStatusCode();
        String code = refusal instanceof BlobStorageException storage && storage.getErrorCode() != null
                ? storage.getErrorCode().toString()
                : "";
        if (RemoteErrors.mayPass(status)) {
            throw new RemoteErrors.Unavailable(
                    status, code, refusal.getResponse().getHeaderValue(com.azure.core.http.HttpHeaderName.RETRY_AFTER));
        }
        return RemoteErrors.refused(target, SasPreflight.Purpose.LIST, status, code);
    }

    /** Not a directory: storage with a hierarchy lists those as well, and Hadoop's tools mark them by metadata. */
    private static boolean isFile(BlobItem item) {
        if (Boolean.TRUE.equals(item.isPrefix()) || item.getProperties() == null) {
            return false;
        }
        Map<String, String> metadata = item.getMetadata() == null ? Map.of() : item.getMetadata();
        return metadata.entrySet().stream()
                .noneMatch(entry ->
                        entry.getKey().equalsIgnoreCase("hdi_isfolder") && "true".equalsIgnoreCase(entry.getValue()));
    }

    private static SourceFile file(RemoteTarget target, BlobAddress address, BlobItem item) {
        URI uri = URI.create(
                address.endpoint() + "/" + address.container() + "/" + Addresses.encodedName(item.getName()));
        Source.Blob source = new Source.Blob(uri, ((Source.Blob) target.source()).credential());
        Validator validator = Validator.etag(item.getProperties().getETag(), true);
        return new SourceFile(source, item.getProperties().getContentLength(), validator.version());
    }

    /** The pattern that a name in a URL spells: its stars are wildcards, everything else is itself. */
    static String pattern(String rawName) {
        StringBuilder pattern = new StringBuilder();
        int start = 0;
        for (int at = 0; at <= rawName.length(); at++) {
            if (at == rawName.length() || rawName.charAt(at) == '*') {
                pattern.append(Glob.quoted(Addresses.decoded(rawName.substring(start, at))));
                pattern.append(at < rawName.length() ? "*" : "");
                start = at + 1;
            }
        }
        return pattern.toString();
    }

    /** Some of the blobs, and where the rest starts; null at the end. */
    private record Page(List<BlobItem> items, @Nullable String next) {}
}
