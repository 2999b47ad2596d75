using System.Text.Json;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Writes and reads the data of an <c>error</c> event.</summary>
internal static class RunFault
{
    /// <summary>Writes a failure of the server. The cause is only in the server's log.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteString("code"u8, ErrorCode.InternalServerError.Code);
        json.WriteString(
            "message"u8, "The server failed while it was working on the answer. What was acknowledged before is kept.");
    }

    /// <summary>Writes a failure of the provider. Its message names the provider and the remedy.</summary>
    public static void Write(Utf8JsonWriter json, ModelProviderException failure)
    {
        json.WriteString("provider"u8, failure.Provider);
        Write(json, ApiError.From(failure));
    }

    public static void Write(Utf8JsonWriter json, ApiError error)
    {
        json.WriteString("code"u8, error.Code.Code);
        json.WriteString("message"u8, error.Message);
        if (error.RetryAfter is { } wait)
            json.WriteNumber("retryAfter"u8, (long)Math.Ceiling(wait.TotalSeconds));
    }

    /// <summary>Returns the exception for the data of an event.</summary>
    public static ApiException Read(JsonElement data)
    {
        var wait = data.TryGetProperty("retryAfter", out var seconds) ? TimeSpan.FromSeconds(seconds.GetInt64()) : (TimeSpan?)null;
        return new ApiException(ErrorCode.OfCode(data.GetProperty("code").GetString()!), data.GetProperty("message").GetString()!, wait);
    }
}
