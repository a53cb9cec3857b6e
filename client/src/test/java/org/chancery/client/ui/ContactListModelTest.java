package org.chancery.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Trust;
import org.chancery.pki.name.Address;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContactListModelTest {
    private final ContactListModel model = new ContactListModel(new Times(Scene.CLOCK));

    @BeforeEach
    void everybodyIsThere() {
        List<Contact> everybody = new ArrayList<>();
        Scene.staged().subscribe(event -> {
            if (event instanceof Event.ContactsChanged changed) {
                everybody.addAll(changed.contacts());
            }
        });
        model.contacts(everybody);
    }

    @Test
    void showsWhoSpokeLastFirst() {
        assertThat(addresses()).containsExactly(Scene.BOB, Scene.CAROL, Scene.DAVE, Scene.MALLORY);
    }

    @Test
    void saysWhoTheLastWordsAreFrom() {
        assertThat(row(Scene.BOB).preview()).isEqualTo("You: Yes please. I will sign it this afternoon.");
        assertThat(row(Scene.CAROL).preview()).startsWith("It came up");
    }

    @Test
    void saysWhenInAsFewLettersAsTheDistanceAllows() {
        assertThat(model.rows()).extracting(ContactRow::time).containsExactly("10:44", "09:12", "Sat", "Fri");
    }

    @Test
    void saysThatACertificateIsRevokedWhereTheLastWordsWouldBe() {
        ContactRow row = row(Scene.MALLORY);
        assertThat(row.kind()).isEqualTo(ContactRow.Kind.DISTRUST);
        assertThat(row.preview()).isEqualTo("Certificate revoked");
    }

    @Test
    void showsADraftInsteadOfTheLastWords() {
        model.draft(Scene.CAROL, "about the relay\nin B2");
        assertThat(row(Scene.CAROL).kind()).isEqualTo(ContactRow.Kind.DRAFT);
        assertThat(row(Scene.CAROL).preview()).isEqualTo("Draft: about the relay in B2");
        model.open(Scene.CAROL);
        assertThat(row(Scene.CAROL).kind()).as("while it is being typed").isEqualTo(ContactRow.Kind.LAST_MESSAGE);
        model.open(Scene.BOB);
        model.draft(Scene.CAROL, "  ");
        assertThat(row(Scene.CAROL).kind()).isEqualTo(ContactRow.Kind.LAST_MESSAGE);
    }

    @Test
    void findsPartOfANameWhateverTheCase() {
        model.query("OKA");
        assertThat(addresses()).containsExactly(Scene.DAVE);
    }

    @Test
    void addsPeopleOfTheDirectoryBehindThoseOneKnows() {
        Address dana = Scene.address("dana@lab.example");
        model.query("da");
        model.found("da", List.of(Scene.contact(dana, "Dana Whitfield", true, Trust.TRUSTED, 1, 0)));
        assertThat(addresses()).containsExactly(Scene.DAVE, dana);
        assertThat(row(dana).kind()).isEqualTo(ContactRow.Kind.ADDRESS);
        model.query("");
        assertThat(addresses()).doesNotContain(dana);
    }

    @Test
    void saysThatNobodyWasFoundOnlyOnceTheDirectoryHasAnswered() {
        model.query("zoe");
        assertThat(model.emptyWords()).isEqualTo("Asking the directory …");
        model.found("", List.of());
        assertThat(model.emptyWords()).isEqualTo("Asking the directory …");
        model.found("zoe", List.of());
        assertThat(model.emptyWords()).isEqualTo("The directory knows nobody by that name.");
    }

    @Test
    void saysEverythingToAScreenReader() {
        assertThat(row(Scene.CAROL).spoken())
                .startsWith("Carol Ruiz, offline, 2 unread, It came up")
                .endsWith(", 09:12");
    }

    private List<Address> addresses() {
        return model.rows().stream().map(row -> row.contact().address()).toList();
    }

    private ContactRow row(Address address) {
        return model.rows().stream()
                .filter(row -> row.contact().address().equals(address))
                .findFirst()
                .orElseThrow();
    }
}
