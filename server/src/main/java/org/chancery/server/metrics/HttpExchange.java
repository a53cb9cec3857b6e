package org.chancery.server.metrics;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One question over HTTP/1.1 (RFC 9112) and its answer: GET or HEAD without a body, after which the connection is
/// closed. A head of at most 8 KiB. Blocks for as long as the caller leaves the socket open.
final class HttpExchange {

    private static final int MAX_HEAD = 8 << 10;
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([A-Z]{1,16}) (/[!-~]{0,256}) HTTP/1\\.[01]\r?\n.*", Pattern.DOTALL);

    private final Socket socket;
    private final String path;
    private final boolean bodyWanted;
    private final int refusal;

    private HttpExchange(Socket socket, String path, boolean bodyWanted, int refusal) {
        this.socket = socket;
        this.path = path;
        this.bodyWanted = bodyWanted;
        this.refusal = refusal;
    }

    /// Reads the question.
    ///
    /// @throws IOException the other side left or said too much
    static HttpExchange read(Socket socket) throws IOException {
        Matcher request = REQUEST_LINE.matcher(head(socket));
        if (!request.matches()) {
            return new HttpExchange(socket, "", true, 400);
        }
        return switch (request.group(1)) {
            case "GET" -> new HttpExchange(socket, pathOf(request.group(2)), true, 0);
            case "HEAD" -> new HttpExchange(socket, pathOf(request.group(2)), false, 0);
            default -> new HttpExchange(socket, "", true, 405);
        };
    }

    private static String pathOf(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] head = new byte[MAX_HEAD];
        int size = 0;
        while (size < MAX_HEAD) {
            int count = in.read(head, size, MAX_HEAD - size);
            if (count < 0) {
                throw new EOFException("no question");
            }
            size += count;
            String text = new String(head, 0, size, StandardCharsets.ISO_8859_1);
            if (text.contains("\r\n\r\n") || text.contains("\n\n")) {
                return text;
            }
        }
        throw new IOException("a question of more than " + MAX_HEAD + " octets");
    }

    /// What is asked for, without a query; empty if it is no question, see [#refusal].
    String path() {
        return path;
    }

    /// The status that says so.
    int refusal() {
        return refusal;
    }

    /// Answers; the caller closes.
    void answer(HttpAnswer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + answer.status() + " " + answer.reason() + "\r\nContent-Type: "
                + answer.contentType() + "\r\nContent-Length: " + body.length
                + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n"
                + (answer.status() == 405 ? "Allow: GET, HEAD\r\n" : "") + "\r\n";
        OutputStream out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        if (bodyWanted) {
            out.write(body);
        }
        out.flush();
        socket.shutdownOutput();
    }
}
