using System.Text.Json;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Writes the data of an <c>error</c> event.</summary>
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
}
