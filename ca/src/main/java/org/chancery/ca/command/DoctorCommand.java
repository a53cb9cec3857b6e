package org.chancery.ca.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.ca.doctor.Doctor;
import org.chancery.ca.doctor.Finding;
import org.chancery.ca.doctor.Patient;
import org.chancery.ca.doctor.Severity;
import org.chancery.ca.doctor.Versions;
import org.chancery.ca.issuance.Authority;
import org.chancery.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `ca doctor`: the health of this authority.
@Command(
        name = "doctor",
        description = "Looks at what expires, files, clock, versions and ledger. Exit code 1: something is to be done.",
        footer = {"  ca doctor", "  ca doctor > report || mail -s 'ca doctor' admin@lab.example < report"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Override
    public Integer call() throws Exception {
        Versions versions = Versions.atWork();
        List<Finding> findings;
        try (Authority authority = ca.openAuthority()) {
            findings = Doctor.examine(new Patient(authority, ca.surroundings().now(), versions, ca.passphraseFile()));
        }
        boolean healthy = findings.stream().noneMatch(finding -> finding.severity() != Severity.NOTE);
        List<Facts> each = findings.stream().map(DoctorCommand::facts).toList();
        List<String> lines = findings.stream().map(DoctorCommand::line).toList();
        ca.print(new Facts()
                .put("healthy", healthy)
                .put("java", versions.java())
                .put("bouncyCastle", versions.bouncyCastle())
                .put("findings", each, lines));
        return (healthy ? ExitCode.DONE : ExitCode.NO).code();
    }

    private static Facts facts(Finding finding) {
        Facts facts = new Facts()
                .put("severity", finding.severity().cliName())
                .put("check", finding.check())
                .put("what", finding.what());
        return finding.remedy().isEmpty() ? facts : facts.put("remedy", finding.remedy());
    }

    private static String line(Finding finding) {
        String line = finding.severity().cliName() + ": " + finding.what();
        return finding.remedy().isEmpty() ? line : line + " (" + finding.remedy() + ")";
    }
}
