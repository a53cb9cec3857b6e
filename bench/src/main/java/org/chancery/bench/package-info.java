/// How fast the authority is. Entry type: [Bench][org.chancery.bench.Bench], which `bin/bench` runs.
@NullMarked
package org.chancery.bench;

import org.jspecify.annotations.NullMarked;
