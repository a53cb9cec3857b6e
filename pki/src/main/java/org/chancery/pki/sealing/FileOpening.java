package org.chancery.pki.sealing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetStringParser;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1SetParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedDataParser;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfoParser;
import org.bouncycastle.asn1.cms.EncryptedContentInfoParser;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.SignedDataParser;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.path.ValidatedPath;
import org.jspecify.annotations.Nullable;

/// One file being opened: two CMS structures, one inside the other, read as a stream in one pass. For one use.
final class FileOpening {
    /// What may surround the content: 2048 recipients below it, certificates above it.
    private static final int MAX_AROUND = 1 << 22;

    /// BER may cut the content into small pieces, each with a header of its own.
    private static final long MAX_CONTENT = FileSealer.MAX_BYTES + (FileSealer.MAX_BYTES >> 3);

    private static final int CHUNK_BYTES = 1 << 16;

    /// A signature that holds, and the certificate it holds by, whose path is still to be judged.
    private record Signed(FileSignature signature, X509Certificate signer) {}

    private final PrivateKey own;
    private final X509Certificate certificate;
    private final FileTrust trust;
    private final MeteredInputStream file;
    private @Nullable ValidatedPath signer;

    FileOpening(PrivateKey own, X509Certificate certificate, FileTrust trust, InputStream file) {
        this.own = own;
        this.certificate = certificate;
        this.trust = trust;
        this.file = new MeteredInputStream(new SourceInputStream(file), MAX_AROUND);
    }

    /// Writes the content. It is to be believed if this returns, and to be thrown away if not.
    void writeTo(OutputStream out) throws IOException, EnvelopeException {
        Signed signed = read(out);
        signer = signed.signature().judge(signed.signer(), trust);
    }

    /// After [#writeTo] returned.
    ValidatedPath signer() {
        return Objects.requireNonNull(signer, "not opened");
    }

    /// The seam to the ASN.1 library, whose exceptions all mean that the file is not what it should be. Only the
    /// disk's own failures come by, unchecked.
    private Signed read(OutputStream out) throws IOException, EnvelopeException {
        try {
            return decrypt(out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (MeteredInputStream.ExhaustedException e) {
            throw new EnvelopeException(EnvelopeFailure.TOO_LARGE, "a part of the file is longer than allowed", e);
        } catch (FileCipher.TagException e) {
            throw new EnvelopeException(EnvelopeFailure.DECRYPTION_FAILED, "the GCM tag does not hold", e);
        } catch (IOException | RuntimeException e) {
            throw new EnvelopeException(EnvelopeFailure.MALFORMED, "the file is not a CMS structure to be opened", e);
        }
    }

    private Signed decrypt(OutputStream out) throws IOException, EnvelopeException {
        ContentInfoParser contentInfo = contentInfo(file);
        if (!contentInfo.getContentType().equals(CMSObjectIdentifiers.authEnvelopedData)) {
            throw new EnvelopeException(
                    EnvelopeFailure.UNSUPPORTED_ALGORITHM,
                    "content type " + contentInfo.getContentType() + ", must be authenticated-enveloped-data");
        }
        AuthEnvelopedDataParser enveloped =
                new AuthEnvelopedDataParser((ASN1SequenceParser) contentInfo.getContent(BERTags.SEQUENCE));
        ASN1Set recipientInfos = set(enveloped.getRecipientInfos());
        EncryptedContentInfoParser encrypted = enveloped.getAuthEncryptedContentInfo();
        byte[] nonce = nonce(encrypted.getContentEncryptionAlgorithm());
        try (ContentKey key = FileRecipients.unwrap(recipientInfos, certificate, own)) {
            file.allow(MAX_CONTENT);
            byte[] octets = key.exposedOctets();
            InputStream ciphertext = octets(encrypted.getEncryptedContent(BERTags.OCTET_STRING));
            FileCipher plaintext = new FileCipher(octets, nonce, ciphertext, () -> tag(enveloped));
            Arrays.fill(octets, (byte) 0);
            return authenticated(plaintext, out);
        }
    }

    /// What is wrong with plaintext means nothing while the tag is unknown, so the tag is asked first.
    private Signed authenticated(FileCipher plaintext, OutputStream out) throws IOException, EnvelopeException {
        FileSignature signature;
        try {
            signature = readSigned(new MeteredInputStream(plaintext, MAX_AROUND), out);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (IOException | EnvelopeException | RuntimeException e) {
            plaintext.requireTag();
            throw e;
        }
        requireEnd(file);
        return new Signed(signature, signature.verify(trust.from()));
    }

    private static FileSignature readSigned(MeteredInputStream plaintext, OutputStream out)
            throws IOException, EnvelopeException {
        ContentInfoParser contentInfo = contentInfo(plaintext);
        if (!contentInfo.getContentType().equals(CMSObjectIdentifiers.signedData)) {
            throw new EnvelopeException(EnvelopeFailure.MALFORMED, "encrypted, but not signed");
        }
        SignedDataParser signedData = SignedDataParser.getInstance(contentInfo.getContent(BERTags.SEQUENCE));
        // A stream: every part is taken in its order, wanted or not.
        set(signedData.getDigestAlgorithms());
        ContentInfoParser content = signedData.getEncapContentInfo();
        if (!content.getContentType().equals(CMSObjectIdentifiers.data)) {
            throw new EnvelopeException(
                    EnvelopeFailure.WRONG_PURPOSE, "signed as " + content.getContentType() + ", not as a file");
        }
        plaintext.allow(MAX_CONTENT);
        byte[] digest = copy(octets(content.getContent(BERTags.OCTET_STRING)), out);
        plaintext.allow(MAX_AROUND);
        ASN1Set certificates = set(signedData.getCertificates());
        set(signedData.getCrls());
        ASN1Set signerInfos = set(signedData.getSignerInfos());
        requireEnd(plaintext);
        return FileSignature.read(signerInfos, certificates, digest);
    }

    private static byte[] copy(InputStream content, OutputStream out) throws IOException, EnvelopeException {
        MessageDigest sha256 = Cms.sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        long length = 0;
        for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
            length += n;
            if (length > FileSealer.MAX_BYTES) {
                throw new EnvelopeException(
                        EnvelopeFailure.TOO_LARGE, "content of more than " + FileSealer.MAX_BYTES + " octets");
            }
            sha256.update(chunk, 0, n);
            try {
                out.write(chunk, 0, n);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sha256.digest();
    }

    private byte[] tag(AuthEnvelopedDataParser enveloped) throws IOException {
        file.allow(MAX_AROUND);
        if (enveloped.getAuthAttrs() != null) {
            // They are hashed before the content and written after it: nobody can stream that.
            throw new FileCipher.TagException("authenticated attributes are not supported in files");
        }
        byte[] tag = enveloped.getMac().getOctets();
        set(enveloped.getUnauthAttrs());
        if (tag.length != Letter.TAG_BYTES) {
            throw new FileCipher.TagException("tag of " + tag.length + " octets, must be " + Letter.TAG_BYTES);
        }
        return tag;
    }

    private static byte[] nonce(AlgorithmIdentifier algorithm) throws EnvelopeException {
        if (algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_aes256_GCM)) {
            GCMParameters gcm = GCMParameters.getInstance(algorithm.getParameters());
            if (gcm.getNonce().length == Letter.NONCE_BYTES && gcm.getIcvLen() == Letter.TAG_BYTES) {
                return gcm.getNonce();
            }
        }
        throw new EnvelopeException(
                EnvelopeFailure.UNSUPPORTED_ALGORITHM,
                "content encryption " + algorithm.getAlgorithm()
                        + ", must be AES-256-GCM with a nonce of 12 octets and a tag of 16");
    }

    private static ContentInfoParser contentInfo(InputStream in) throws IOException {
        // The limit is for elements that are held whole; content is not.
        ASN1StreamParser parser = new ASN1StreamParser(in, MAX_AROUND);
        return new ContentInfoParser((ASN1SequenceParser) parser.readObject());
    }

    private static InputStream octets(@Nullable ASN1Encodable content) throws IOException {
        if (!(content instanceof ASN1OctetStringParser octets)) {
            throw new IOException("no content");
        }
        return octets.getOctetStream();
    }

    private static ASN1Set set(@Nullable ASN1SetParser parser) {
        return parser == null ? new DERSet() : ASN1Set.getInstance(parser.toASN1Primitive());
    }

    /// Nothing may follow but the end-of-contents octets of BER's indefinite lengths, which are zero.
    private static void requireEnd(InputStream in) throws IOException {
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet != 0) {
                throw new IOException("octets after the end");
            }
        }
    }

    /// The file itself: its failures are the world's and not the structure's.
    private static final class SourceInputStream extends FilterInputStream {
        SourceInputStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() {
            try {
                return super.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            try {
                return super.read(into, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
