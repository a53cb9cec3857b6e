package org.chancery.pki.path.constraint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.IpRange;
import org.chancery.pki.name.MalformedNameException;

/// A block of addresses, written as address and mask of 4 or 16 octets each (RFC 5280 section 4.2.1.10, in
/// the style of RFC 4632). Address bits beyond the mask do not count; a mask with a hole in it is refused.
/// Both families are one kind of name: who permits blocks of one permits nothing of the other.
record IpSubtree(IpRange range) implements Subtree {
    static IpSubtree parse(byte[] addressAndMask) throws MalformedNameException {
        int length = addressAndMask.length / 2;
        if (addressAndMask.length != 8 && addressAndMask.length != 32) {
            throw MalformedNameException.malformed(
                    "address and mask of %d octets, 8 or 32 expected".formatted(addressAndMask.length));
        }
        byte[] network = Arrays.copyOf(addressAndMask, length);
        int prefixLength = 0;
        boolean ended = false;
        for (int bit = 0; bit < 8 * length; bit++) {
            boolean set = (addressAndMask[length + bit / 8] & (0x80 >> (bit % 8))) != 0;
            if (set && ended) {
                throw MalformedNameException.malformed("an address mask with a hole in it");
            }
            ended = !set;
            if (set) {
                prefixLength++;
            } else {
                network[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
            }
        }
        try {
            InetAddress address = InetAddress.getByAddress(network);
            if (address.getAddress().length != length) {
                throw MalformedNameException.malformed("a block of IPv4 addresses mapped into IPv6");
            }
            return new IpSubtree(new IpRange(address, prefixLength));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 octets are addresses", e);
        }
    }

    @Override
    public boolean isOfKind(GeneralName name) {
        return name instanceof GeneralName.Ip;
    }

    @Override
    public boolean holds(GeneralName name) {
        return name instanceof GeneralName.Ip(InetAddress address) && range.contains(address);
    }

    @Override
    public String toString() {
        return "ip:" + range;
    }
}
