/// How CRLs come to whoever did not fetch them: [CrlAssembly][org.chancery.protocol.revocation.CrlAssembly].
/// Believes nothing; whoever takes a list from here verifies it.
@NullMarked
package org.chancery.protocol.revocation;

import org.jspecify.annotations.NullMarked;
