package org.chancery.bench.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.envelope.ConversationId;

/// The relay is killed while everybody is connected and a letter has been taken for each of them; they all come back
/// at once, and each has to get its letter.
final class Reconnect {

    private static final int AT_ONCE = 256;
    private static final int MOST_ATTEMPTS = 10;
    private static final int WRITER = Roster.TEAM;

    private Reconnect() {}

    /// @param seconds until the last was back and had its letter, from the moment the relay accepted again
    /// @param cpuMillis of the relay, for each of them
    record Result(int people, double seconds, double cpuMillis, int lettersMissing) {}

    static Result measure(Stage stage, int people) throws IOException, InterruptedException {
        Chancery dialect = (Chancery) stage.dialect();
        for (Link link : stage.links(0, people)) {
            link.leaveUnread();
        }
        List<ConversationId> conversations = writeToAll(stage, dialect, people);
        stage.restart();
        double cpu = ProcessFigures.of(stage.server().pid()).cpuSeconds();
        long start = System.nanoTime();
        int letters = comeBack(stage, dialect, conversations);
        double seconds = (System.nanoTime() - start) / 1e9;
        double used = ProcessFigures.of(stage.server().pid()).cpuSeconds() - cpu;
        return new Result(people, seconds, used * 1000 / people, people - letters);
    }

    private static List<ConversationId> writeToAll(Stage stage, Chancery dialect, int people)
            throws IOException, InterruptedException {
        Link writer = stage.link(WRITER);
        writer.listen(_ -> {});
        List<ConversationId> conversations = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            LetterWriter letters = dialect.letters(writer.person, i);
            conversations.add(letters.conversation());
            writer.write(letters.next(0));
        }
        if (!writer.answers.tryAcquire(people, 60, TimeUnit.SECONDS)) {
            writer.check();
            throw new IOException("letters not answered");
        }
        writer.leaveUnread();
        return conversations;
    }

    /// Who is not let in, or sent away, tries again, as a client does.
    private static int comeBack(Stage stage, Chancery dialect, int person, ConversationId conversation)
            throws IOException {
        IOException last = new IOException("not tried");
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                return dialect.catchUp(stage.link(person), conversation);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static int comeBack(Stage stage, Chancery dialect, List<ConversationId> conversations)
            throws IOException, InterruptedException {
        int letters = 0;
        List<Future<Integer>> coming = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < conversations.size(); i++) {
                int person = i;
                coming.add(pool.submit(() -> comeBack(stage, dialect, person, conversations.get(person))));
            }
            for (Future<Integer> one : coming) {
                letters += one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("did not come back", e);
        }
        return letters;
    }
}
