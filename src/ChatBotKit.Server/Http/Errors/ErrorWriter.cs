using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Writes the error body <c>{"message", "code"}</c>, some with <c>details</c>, to which the paths of the OpenAI protocol add their own. All error bodies come
/// from here.
/// </summary>
internal static class ErrorWriter
{
    // The body is never embedded in HTML, and messages quote the names of fields.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The maximum length of a message, whatever text of the caller it quotes.</summary>
    public const int MaxMessageLength = 8_192;

    /// <summary>Writes the error as the response, which must not have started.</summary>
    public static Task WriteAsync(HttpContext context, ApiError error)
    {
        var response = context.Response;
        response.StatusCode = error.Code.Status;
        response.Headers.ContentLength = null;
        response.Headers.ContentType = default;
        response.Headers.CacheControl = "no-store";
        SetFailureHeaders(response, error);
        if (error.Code.Status == StatusCodes.Status304NotModified)
            return Task.CompletedTask;
        var body = ToJson(error, OpenAiErrors.IsFor(context.Request.Path));
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static byte[] ToJson(ApiError error, bool isForOpenAi)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("message"u8, FaultText.Clip(error.Message, MaxMessageLength));
            writer.WriteString("code"u8, error.Code.Code);
            if (error.Details is { } details)
            {
                writer.WritePropertyName("details"u8);
                details.WriteTo(writer);
            }

            if (isForOpenAi)
                OpenAiErrors.Write(writer, error);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void SetFailureHeaders(HttpResponse response, ApiError error)
    {
        var status = error.Code.Status;
        if (status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (status is StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests)
            response.Headers["X-Failure-Code"] = error.Code.Code;
        if (error.RetryAfter is { } wait)
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
