package org.chancery.client.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.RememberedChain.Dispute;
import org.chancery.client.store.RememberedChain.Mark;
import org.chancery.client.store.SealedTable.Row;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry.Act;

/// The device chain of everybody, as it was when the relay last showed it.
public final class DeviceChains {
    private static final int ADD = 1;
    private static final int REPLACE = 2;
    private static final int END = 3;

    private final StoreAccess access;
    private final SealedTable table;

    DeviceChains(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    public List<RememberedChain> all() throws StoreException {
        return access.read(() -> {
            List<RememberedChain> all = new ArrayList<>();
            for (Row row : table.all()) {
                all.add(decode(row.body()));
            }
            return all;
        });
    }

    /// Remembers `chain`, in place of what was remembered of its address.
    public void put(RememberedChain chain) throws StoreException {
        RecordWriter out = new RecordWriter().text(chain.address().value());
        write(chain.links(), out);
        out.flag(chain.dispute().isPresent());
        if (chain.dispute().isPresent()) {
            out.number(chain.dispute().get().change().code());
            write(chain.dispute().get().links(), out);
        }
        out.flag(chain.mark().isPresent());
        chain.mark()
                .ifPresent(mark ->
                        out.octets(mark.theirs().bytes()).octets(mark.own().bytes()));
        byte[] address = chain.address().value().getBytes(StandardCharsets.US_ASCII);
        access.run(() -> table.put(table.name(address), out.body()));
    }

    private static void write(List<ChainLink> links, RecordWriter out) {
        out.number(links.size());
        for (ChainLink link : links) {
            out.octets(link.hash().bytes()).instant(link.at());
            switch (link.act()) {
                case Act.Add(DeviceId device) -> out.number(ADD).octets(device.bytes());
                case Act.Replace(DeviceId device, DeviceId by) ->
                    out.number(REPLACE).octets(device.bytes()).octets(by.bytes());
                case Act.End(DeviceId device) -> out.number(END).octets(device.bytes());
            }
        }
    }

    private static RememberedChain decode(byte[] body) throws StoreException {
        RecordReader in = new RecordReader(body);
        try {
            Address address = Address.parseCanonical(in.text());
            List<ChainLink> links = links(in);
            Optional<Dispute> dispute =
                    in.flag() ? Optional.of(new Dispute(ChainChange.ofCode(in.number()), links(in))) : Optional.empty();
            Optional<Mark> mark = in.flag()
                    ? Optional.of(new Mark(Digest.ofBytes(in.octets()), Digest.ofBytes(in.octets())))
                    : Optional.empty();
            return new RememberedChain(address, links, dispute, mark);
        } catch (MalformedNameException | IllegalArgumentException e) {
            throw StoreException.damaged("a device chain is malformed", e);
        }
    }

    private static List<ChainLink> links(RecordReader in) throws StoreException {
        long count = in.number();
        if (count < 0 || count > DeviceChain.MAX_ENTRIES) {
            throw StoreException.damaged("a device chain of " + count + " entries", null);
        }
        List<ChainLink> links = new ArrayList<>();
        for (long left = count; left > 0; left--) {
            Digest hash = Digest.ofBytes(in.octets());
            var at = in.instant();
            links.add(new ChainLink(hash, act(in), at));
        }
        return links;
    }

    private static Act act(RecordReader in) throws StoreException {
        long kind = in.number();
        DeviceId device = DeviceId.ofBytes(in.octets());
        if (kind == REPLACE) {
            return new Act.Replace(device, DeviceId.ofBytes(in.octets()));
        }
        if (kind != ADD && kind != END) {
            throw new StoreException(StoreFailure.UNSUPPORTED, "a device entry of kind " + kind, null);
        }
        return kind == ADD ? new Act.Add(device) : new Act.End(device);
    }
}
