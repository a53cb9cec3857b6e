/// The rules of path validation as the standards state them, asked from outside: through
/// [org.chancery.pki.path.PathValidator] alone, knowing nothing of how it judges. Each case breaks one rule of
/// a path that is good otherwise.
@NullMarked
package org.chancery.pki.path.suite;

import org.jspecify.annotations.NullMarked;
