package org.chancery.pki.key;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.Optional;

/// The two NIST curves in use (RFC 5480 section 2.1.1.1), compared by their numbers: a key may name its curve or
/// spell it out.
enum EllipticCurve {
    P256("secp256r1", 256),
    P384("secp384r1", 384);

    private final String jcaName;
    private final int bits;

    @SuppressWarnings("ImmutableEnumChecker") // immutable, but the JDK cannot be annotated
    private final ECParameterSpec parameters;

    EllipticCurve(String jcaName, int bits) {
        this.jcaName = jcaName;
        this.bits = bits;
        this.parameters = parametersOf(jcaName);
    }

    static EllipticCurve ofBits(int bits) {
        return bits == P256.bits ? P256 : P384;
    }

    static Optional<EllipticCurve> of(ECParameterSpec parameters) {
        return Arrays.stream(values())
                .filter(curve -> curve.isCurveOf(parameters))
                .findFirst();
    }

    String jcaName() {
        return jcaName;
    }

    boolean isCurveOf(ECParameterSpec other) {
        return parameters.getCurve().equals(other.getCurve())
                && parameters.getGenerator().equals(other.getGenerator())
                && parameters.getOrder().equals(other.getOrder())
                && parameters.getCofactor() == other.getCofactor();
    }

    /// Whether a point lies on the curve: y² = x³ + ax + b over the field, coordinates reduced. Cofactor 1 makes that
    /// enough.
    boolean contains(ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY)) {
            return false;
        }
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (x.signum() < 0 || y.signum() < 0 || x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x)
                .add(parameters.getCurve().getA())
                .multiply(x)
                .add(parameters.getCurve().getB());
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }

    private static ECParameterSpec parametersOf(String jcaName) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(jcaName));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + jcaName, e);
        }
    }
}
