package io.rollcall.connector.graph;

import java.io.IOException;

import com.microsoft.aad.msal4j.HttpMethod;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Lets msal4j use our HTTP client. msal4j knows only https authorities; for one that is
 * plain http, which settings allow on a loopback host only, its requests are sent there.
 */
final class TokenHttp implements IHttpClient {

	private final OkHttpClient client;

	private final boolean plain;

	TokenHttp(OkHttpClient client, boolean plain) {
		this.client = client;
		this.plain = plain;
	}

	@Override
	public IHttpResponse send(HttpRequest request) throws IOException {
		String url = request.url().toString();
		Request.Builder call = new Request.Builder().url(this.plain ? url.replaceFirst("^https:", "http:") : url);
		request.headers().forEach(call::header);
		if (request.httpMethod() == HttpMethod.POST) {
			call.post(RequestBody.create((request.body() != null) ? request.body().getBytes() : new byte[0]));
		}
		try (Response response = this.client.newCall(call.build()).execute()) {
			HttpResponse answer = new HttpResponse();
			answer.statusCode(response.code());
			answer.addHeaders(response.headers().toMultimap());
			ResponseBody body = response.body();
			return answer.body((body != null) ? body.string() : "");
		}
	}

}
