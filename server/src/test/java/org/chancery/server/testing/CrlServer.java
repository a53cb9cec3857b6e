package org.chancery.server.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A web server with one CRL, that says what it was asked.
public final class CrlServer implements AutoCloseable {

    /// What it does with a question.
    public interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Answer answer = exchange -> exchange.sendResponseHeaders(404, -1);

    private CrlServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static CrlServer start() throws IOException {
        return new CrlServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/issuing.crl");
    }

    /// What the questions were conditional on, `-` for nothing.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    public void answer(Answer next) {
        answer = next;
    }

    /// Shows these octets, with a tag.
    public void show(byte[] octets, String tag) {
        answer(exchange -> {
            exchange.getResponseHeaders().set("ETag", tag);
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                exchange.sendResponseHeaders(200, octets.length);
                exchange.getResponseBody().write(octets);
            }
        });
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
            String time = exchange.getRequestHeaders().getFirst("If-Modified-Since");
            asked.add(tag != null ? tag : time != null ? time : "-");
            answer.give(exchange);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
