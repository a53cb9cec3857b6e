/// Files that appear whole or not at all.
///
/// Entry type: [AtomicFile]. Whatever the project leaves on disk for others to read (certificates, CRLs, keystores,
/// opened envelopes) is written through it; [WatchedFiles] sees when others have written. Imports nothing but the JDK.
@NullMarked
package org.chancery.pki.file;

import org.jspecify.annotations.NullMarked;
