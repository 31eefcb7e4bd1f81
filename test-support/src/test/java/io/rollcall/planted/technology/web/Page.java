package io.rollcall.planted.technology.web;

import com.microsoft.planted.Sdk;
import jakarta.mail.planted.Letter;
import org.apache.kafka.common.KafkaException;
import org.bson.Document;

/** Planted. */
public final class Page {

	public Object microsoft() {
		return new Sdk();
	}

	public Object mongo() {
		return new Document();
	}

	public Object kafka() {
		return new KafkaException();
	}

	public Object mail() {
		return new Letter();
	}

}
