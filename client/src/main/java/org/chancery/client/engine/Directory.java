package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.client.store.StoreException;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Frame.DirectoryQuery;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;

/// Questions to the relay's directory that are under way. The same question is asked once, however many wait for it.
final class Directory {
    /// Takes the answer.
    interface Answer {
        /// What the relay knows; empty where it would not say, which differs from knowing nobody.
        void take(Optional<DirectoryAnswer> answer) throws StoreException;
    }

    /// Hears every answer before those who asked.
    interface Intake {
        void take(Query query, DirectoryAnswer answer) throws StoreException;
    }

    private final Consumer<Frame> relay;
    private final Intake intake;
    private final Map<Long, Query> questions = new HashMap<>();
    private final Map<Query, List<Answer>> waiting = new LinkedHashMap<>();
    private long lastId;

    Directory(Consumer<Frame> relay, Intake intake) {
        this.relay = relay;
        this.intake = intake;
    }

    void ask(Query query, Answer answer) {
        List<Answer> answers = waiting.get(query);
        if (answers == null) {
            answers = new ArrayList<>();
            waiting.put(query, answers);
            long id = nextId();
            questions.put(id, query);
            relay.accept(new DirectoryQuery(id, query));
        }
        answers.add(answer);
    }

    /// A number that no other question of ours has, also for what is not asked here.
    long nextId() {
        return ++lastId;
    }

    void answered(DirectoryAnswer answer) throws StoreException {
        hand(answer.id(), Optional.of(answer));
    }

    void refused(long id, ProtocolError error) throws StoreException {
        hand(
                id,
                error == ProtocolError.UNKNOWN_ADDRESS
                        ? Optional.of(new DirectoryAnswer(id, List.of()))
                        : Optional.empty());
    }

    private void hand(long id, Optional<DirectoryAnswer> answer) throws StoreException {
        Query query = questions.remove(id);
        if (query == null) {
            return; // nobody asked, or the asker's connection is gone
        }
        List<Answer> answers = waiting.getOrDefault(query, List.of());
        waiting.remove(query);
        if (answer.isPresent()) {
            intake.take(query, answer.get());
        }
        for (Answer asker : answers) {
            asker.take(answer);
        }
    }

    /// The connection is lost, and with it every question: who asked begins anew with the next one.
    void forget() {
        questions.clear();
        waiting.clear();
    }
}
