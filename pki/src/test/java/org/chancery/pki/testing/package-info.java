/// Fixtures for the tests of every module: a small authority made in memory, and `openssl` to check against.
///
/// Entry type: [TestPki][org.chancery.pki.testing.TestPki]. All keys are made for the run and protect nothing.
@NullMarked
package org.chancery.pki.testing;

import org.jspecify.annotations.NullMarked;
