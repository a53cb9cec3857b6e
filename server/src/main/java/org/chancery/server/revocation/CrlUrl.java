package org.chancery.server.revocation;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;

/// A URL of CRLs, PEM or DER, asked again and again whether there is something else than last time (RFC 9110
/// section 13). It is one that the administrator named: nothing is fetched because a certificate says so, and no
/// redirect is followed. Whoever answers has so long and so much, and no more.
final class CrlUrl implements CrlSource {

    /// Half of the second in which the revoked are gone.
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /// For a connection, with TLS.
    static final Duration CONNECT = Duration.ofSeconds(2);

    /// Until the answer begins.
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /// Until its end: 16 MiB at half a megabyte a second.
    private static final Duration WHOLE = Duration.ofSeconds(30);

    /// What is thrown away of an answer that is none.
    private static final int MAX_SCRAP = 64 << 10;

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final HttpClient client;
    private final URI uri;
    private final Duration whole;
    private Given given = Given.NOTHING;

    /// What was given last, and is not given again while nothing goes wrong.
    private record Given(Validator validator, String digest) {
        static final Given NOTHING = new Given(Validator.NONE, "");
    }

    CrlUrl(HttpClient client, URI uri) {
        this(client, uri, WHOLE);
    }

    CrlUrl(HttpClient client, URI uri, Duration whole) {
        this.client = client;
        this.uri = uri;
        this.whole = whole;
    }

    @Override
    public String name() {
        return uri.toString();
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public Optional<List<Crl>> changed()
            throws IOException, MalformedPemException, MalformedCrlException, InterruptedException {
        Given before = given;
        given = Given.NOTHING; // until this question is answered well
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
        before.validator().putInto(request);
        HttpResponse<byte[]> answer = answer(request.build());
        if (answer.statusCode() == NOT_MODIFIED && !before.validator().equals(Validator.NONE)) {
            given = before;
            return Optional.empty();
        }
        if (answer.statusCode() != OK) {
            throw new IOException(uri + " answers " + answer.statusCode());
        }
        Given arrived = new Given(Validator.of(answer.headers()), HexFormat.of().formatHex(Sha256.of(answer.body())));
        List<Crl> crls = arrived.digest().equals(before.digest()) ? List.of() : CrlFile.parse(answer.body());
        given = arrived;
        return crls.isEmpty() ? Optional.empty() : Optional.of(crls);
    }

    @Override
    public void forget() {
        given = Given.NOTHING;
    }

    /// @throws IOException in words that stay the same while the trouble does
    private HttpResponse<byte[]> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(request, bounded());
        try {
            return coming.get(whole.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(uri + " did not answer whole within " + whole.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw explained(cause == null ? e : cause);
        } finally {
            coming.cancel(true); // nothing to an answer that is there; ends one that is not
        }
    }

    private IOException explained(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return new IOException(uri + " did not answer in time", cause);
        }
        if (cause instanceof ConnectException) {
            return new IOException("nobody answers at " + uri, cause); // the JDK says nothing more
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException("no answer from " + uri + ": " + why, cause);
    }

    private static BodyHandler<byte[]> bounded() {
        BodyHandler<byte[]> byStatus = answer -> {
            BodySubscriber<byte[]> body =
                    answer.statusCode() == OK ? BodySubscribers.ofByteArray() : BodySubscribers.replacing(new byte[0]);
            return BodySubscribers.limiting(body, answer.statusCode() == OK ? Crl.MAX_OCTETS : MAX_SCRAP);
        };
        return byStatus;
    }
}
