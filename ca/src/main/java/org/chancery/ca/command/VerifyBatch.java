package org.chancery.ca.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.console.Printable;
import org.chancery.pki.path.PathValidationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Many cases in one process. Each line stands alone: one that cannot be read is rejected and the next is
/// judged.
final class VerifyBatch {
    private static final String TAB = "\t";

    private VerifyBatch() {}

    static void run(InputFile file, Instant now, PrintStream out) {
        new String(file.content(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> out.println(judge(line.split(TAB, -1), now)));
    }

    private static String judge(String[] fields, Instant now) {
        String id = Printable.of(fields[0]);
        try {
            VerifyOptions options = new VerifyOptions();
            new CommandLine(options).parseArgs(Arrays.copyOfRange(fields, 1, fields.length));
            VerifyCase.of(options, now).validate();
            return id + TAB + "accept" + TAB + "OK";
        } catch (PathValidationException e) {
            return reject(id, e.failure().name(), e);
        } catch (CommandException e) {
            return reject(id, e.explanation().exitCode().name(), e);
        } catch (ParameterException e) {
            return reject(id, ExitCode.USAGE.name(), e);
        }
    }

    private static String reject(String id, String reason, Exception e) {
        return id + TAB + "reject" + TAB + reason + ": " + Printable.of(String.valueOf(e.getMessage()));
    }
}
