package org.chancery.ca.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.console.Json;
import org.chancery.console.Printable;
import org.chancery.pki.path.PathValidationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Many cases in one process, on all processors, answered in the order asked. Each line stands alone: one that
/// cannot be read is rejected and the next is judged.
final class VerifyBatch {
    private static final String TAB = "\t";

    private VerifyBatch() {}

    /// @param failure the failure or exit code that is to blame; empty if it was accepted
    record Answer(String id, Optional<String> failure, String detail) {
        String line() {
            String verdict = failure.isEmpty() ? "accept" : "reject";
            String reason = failure.map(name -> name + ": " + detail).orElse(detail);
            return Printable.of(id) + TAB + verdict + TAB + Printable.of(reason);
        }

        String json() {
            return Json.object()
                    .put("id", id)
                    .put("accepted", failure.isEmpty())
                    .putIfPresent("failure", failure)
                    .putIfPresent("detail", failure.map(_ -> detail))
                    .text();
        }
    }

    /// @throws RuntimeException if a case met a bug of ours; all the others have been answered by then
    static void run(InputFile file, Instant now, Consumer<Answer> out) {
        List<String> lines = new String(file.content(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        Queue<RuntimeException> bugs = new ConcurrentLinkedQueue<>();
        lines.parallelStream()
                .map(line -> judge(line.split(TAB, -1), now, bugs))
                .forEachOrdered(out);
        if (!bugs.isEmpty()) {
            throw bugs.remove();
        }
    }

    private static Answer judge(String[] fields, Instant now, Queue<RuntimeException> bugs) {
        String id = fields[0];
        try {
            VerifyOptions options = new VerifyOptions();
            new CommandLine(options)
                    .setExpandAtFiles(false)
                    .setTrimQuotes(false)
                    .parseArgs(arguments(fields));
            VerifyCase.of(options, now).validate();
            return new Answer(id, Optional.empty(), "OK");
        } catch (PathValidationException e) {
            return reject(id, e.failure().name(), e);
        } catch (CommandException e) {
            return reject(id, e.explanation().exitCode().name(), e);
        } catch (ParameterException | InvalidPathException e) {
            return reject(id, ExitCode.USAGE.name(), e);
        } catch (RuntimeException e) {
            bugs.add(e);
            return reject(id, ExitCode.INTERNAL.name(), e);
        }
    }

    /// An option and its value are two fields, or one with a blank between.
    private static String[] arguments(String[] fields) {
        return Arrays.stream(fields)
                .skip(1)
                .flatMap(field -> field.startsWith("--") ? Arrays.stream(field.split(" ", 2)) : Stream.of(field))
                .filter(field -> !field.isEmpty())
                .toArray(String[]::new);
    }

    private static Answer reject(String id, String failure, Exception e) {
        return new Answer(id, Optional.of(failure), String.valueOf(e.getMessage()));
    }
}
