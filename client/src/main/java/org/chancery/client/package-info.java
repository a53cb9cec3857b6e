@NullMarked
package org.chancery.client;

import org.jspecify.annotations.NullMarked;
