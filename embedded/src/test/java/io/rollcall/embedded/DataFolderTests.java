package io.rollcall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A data folder is of one edition. */
class DataFolderTests {

	@TempDir
	Path folder;

	@Test
	void notesTheEditionInANewFolderAndComesBackToIt() throws IOException {
		Path data = Files.createDirectories(this.folder.resolve("deep/data"));
		Files.writeString(data.resolve("rollcall.log"), "It begins.");
		DataFolder.require(data);
		assertThat(data.resolve("edition")).hasContent("4");
		Files.createDirectories(data.resolve("kafka"));
		DataFolder.require(data);
	}

	@Test
	void refusesAFolderOfTheFirstEditionWhichNotedNone() throws IOException {
		Files.createDirectories(this.folder.resolve("kafka"));
		assertThatIllegalStateException().isThrownBy(() -> DataFolder.require(this.folder))
			.withMessageContainingAll("is of edition 1 of Rollcall, and this is edition 4", "Delete the folder",
					this.folder.toString());
	}

	@Test
	void refusesAFolderOfALaterEdition() throws IOException {
		Files.writeString(this.folder.resolve("edition"), "5\n");
		assertThatIllegalStateException().isThrownBy(() -> DataFolder.require(this.folder))
			.withMessageContaining("is of edition 5");
	}

}
