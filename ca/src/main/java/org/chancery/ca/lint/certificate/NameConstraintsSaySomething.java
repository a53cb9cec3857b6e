package org.chancery.ca.lint.certificate;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.ReadExtension;
import org.chancery.ca.lint.Rule;
import org.chancery.pki.certificate.Extensions;

/// nameConstraints have at least one subtree, each without minimum and maximum; IP ranges have a mask without gaps.
final class NameConstraintsSaySomething implements Rule<ToBeSignedCertificate> {
    private static final int IP_ADDRESS = 0x87;

    @Override
    public String citation() {
        return "RFC 5280 4.2.1.10";
    }

    @Override
    public Optional<String> violation(ToBeSignedCertificate certificate) throws UnreadableException {
        Optional<ReadExtension> constraints = certificate.extension(Extensions.NAME_CONSTRAINTS);
        if (constraints.isEmpty()) {
            return Optional.empty();
        }
        int subtrees = 0;
        for (Tlv list : constraints.get().tlv().as(Tlv.SEQUENCE).children()) {
            for (Tlv subtree : list.children()) {
                List<Tlv> parts = subtree.as(Tlv.SEQUENCE).children();
                if (parts.size() != 1) {
                    return Optional.of("a subtree with minimum or maximum");
                }
                if (parts.getFirst().is(IP_ADDRESS) && !isRange(parts.getFirst().contents())) {
                    return Optional.of("an IP range that is none");
                }
                subtrees++;
            }
        }
        return subtrees == 0 ? Optional.of("nameConstraints without a subtree") : Optional.empty();
    }

    /// Address, then mask: ones, then zeros, and no bit of the address where the mask has none.
    private static boolean isRange(byte[] octets) {
        if (octets.length != 8 && octets.length != 32) {
            return false;
        }
        int half = octets.length / 2;
        BigInteger address = new BigInteger(1, octets, 0, half);
        BigInteger mask = new BigInteger(1, octets, half, half);
        BigInteger hosts = mask.not().and(BigInteger.ONE.shiftLeft(8 * half).subtract(BigInteger.ONE));
        return hosts.and(hosts.add(BigInteger.ONE)).signum() == 0
                && address.and(hosts).signum() == 0;
    }
}
