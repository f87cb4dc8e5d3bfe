// Asks the decision service from Java (11 or newer), with the standard library alone.
// Usage: java Ask.java URL; a token in KUPUYA_TOKEN is shown. Exit code 0: allowed, 3: denied.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

public final class Ask {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    /** Whether a request is allowed. Whatever goes wrong on the way, the answer is no. */
    static boolean allowed(String url, String request) {
        try {
            HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(url + "/v1/decide"))
                    .timeout(Duration.ofSeconds(5))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(request));
            String token = System.getenv("KUPUYA_TOKEN");
            if (token != null) {
                asked.header("Authorization", "Bearer " + token);
            }
            // The time-out of the request ends with the head of the answer: this one is for the whole.
            HttpResponse<byte[]> answer = CLIENT.sendAsync(asked.build(), HttpResponse.BodyHandlers.ofByteArray())
                    .get(5, TimeUnit.SECONDS);
            // What is no UTF-8 is no answer.
            String told = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(answer.body())).toString();
            System.out.println(told);
            // The answer begins with its verdict, and ends: this much needs no library for JSON.
            return answer.statusCode() == 200
                    && told.startsWith("{\"verdict\":\"allow\",\"decision\":true,")
                    && told.endsWith("}");
        } catch (Exception error) {
            System.out.println(error);
            return false;
        }
    }

    public static void main(String[] arguments) {
        String url = arguments.length > 0 ? arguments[0] : "http://127.0.0.1:5878";
        boolean allowed = allowed(url, "{\"action\": \"use\", \"data\": [\"contacts.phone_no\"],"
                + " \"purpose\": [\"marketing\"], \"about\": [\"buyer\"], \"given\": [\"agreed\"], \"time\": \"2025-10-02\"}");
        System.exit(allowed ? 0 : 3);
    }
}
