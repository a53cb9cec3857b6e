package org.chancery.server.command;

import java.util.Optional;
import org.chancery.console.ControlPathException;
import org.chancery.console.ExitCode;
import org.chancery.console.Explanation;
import org.chancery.console.Program;
import org.chancery.console.Surroundings;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.server.DataDirectoryBusyException;
import org.chancery.server.conversation.sqlite.NotALogException;
import org.chancery.server.revocation.CrlUnavailableException;

/// `server`: what its own exceptions mean to a person, and where its bugs are told.
final class ServerProgram implements Program {
    private final Surroundings surroundings;

    ServerProgram(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "server";
    }

    @Override
    public Object rootCommand() {
        return new ServerCommand(surroundings);
    }

    @Override
    public Optional<Explanation> explain(Exception e) {
        return Optional.ofNullable(
                switch (e) {
                    case DataDirectoryBusyException busy ->
                        new Explanation(ExitCode.REFUSED, busy, "stop the other one, or give --data another directory");
                    case ControlPathException path ->
                        new Explanation(ExitCode.BAD_INPUT, path, "give --data a directory with a shorter path");
                    case NotALogException none ->
                        new Explanation(ExitCode.BAD_INPUT, none, "give a file that server backup has written");
                    case PathValidationException path ->
                        new Explanation(ExitCode.REFUSED, path, "see what the certificate says: ca show FILE");
                    case CrlUnavailableException crl ->
                        new Explanation(
                                ExitCode.UNREACHABLE,
                                crl,
                                "the relay lets nobody in without it; look at the address, and at what serves it");
                    case MalformedPemException pem -> new Explanation(ExitCode.BAD_INPUT, pem, "");
                    case MalformedCertificateException certificate ->
                        new Explanation(ExitCode.BAD_INPUT, certificate, "");
                    default -> null;
                });
    }

    @Override
    public String openBugLog() {
        return "this is a bug; the log says where";
    }
}
