package org.chancery.client.command;

import java.util.concurrent.Callable;
import org.chancery.pki.name.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client block`.
@Command(
        name = "block",
        description =
                "Does not want to hear somebody: what they write to you alone is kept and not shown, on all your devices.",
        footer = {"  client block --keystore alice.p12 mallory@lab.example"})
final class BlockCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Parameters(paramLabel = "ADDRESS", converter = AddressConverter.class, description = "whom")
    private Address address;

    @Override
    public Integer call() throws Exception {
        return Blocking.set(client, address, true);
    }
}
