/// Classes that break the rules of the house on purpose: ArchitectureTest must see each of them. Never shipped.
package org.chancery.pki.seeded;
