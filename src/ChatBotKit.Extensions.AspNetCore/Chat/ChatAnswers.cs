using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit;

/// <summary>Reads the small bodies of the endpoints, and writes their answers and their errors in the form of the API.</summary>
internal static class ChatAnswers
{
    private const int LongestBody = 256 * 1024;

    /// <summary>The body; a new one when there is none.</summary>
    /// <exception cref="ChatRefusedException">400 or 413: the body cannot be used.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : new()
    {
        if (context.Request.ContentLength > LongestBody)
            throw TooLarge();
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is var read and > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LongestBody)
                throw TooLarge();
        }

        try
        {
            return body.Length == 0 ? new T() : JsonSerializer.Deserialize(body.ToArray(), type) ?? new T();
        }
        catch (JsonException)
        {
            throw new ChatRefusedException(StatusCodes.Status400BadRequest, ErrorCodes.BadRequest, "The body must be a JSON object.");
        }
    }

    /// <summary>Runs a handler, and turns its refusals and those of the chat server into answers.</summary>
    public static async Task HandleAsync(HttpContext context, ChatBotKitChatOptions options, Func<Task> handle)
    {
        // Tokens and messages must not be cached.
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            if (!ChatOrigin.IsAllowed(context.Request, options.AllowedOrigins))
                throw new ChatRefusedException(StatusCodes.Status403Forbidden, ErrorCodes.OriginNotAllowed, "Pages of other sites may not call this endpoint.");
            await handle();
        }
        catch (ChatRefusedException refusal)
        {
            await WriteErrorAsync(context, refusal.Status, refusal.Code, refusal.Message);
        }
        catch (ChatBotKitException failure) when (!context.Response.HasStarted)
        {
            await WriteFailureAsync(context, failure);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected, so there is nobody to answer.
        }
    }

    public static Task WriteErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ErrorResponse { Message = message, Code = code }, ChatJsonContext.Default.ErrorResponse, cancellationToken: context.RequestAborted);
    }

    // The user can react to a revoked session and to too many requests. All other failures concern this app and the chat
    // server, and are logged here.
    private static Task WriteFailureAsync(HttpContext context, ChatBotKitException failure)
    {
        if (failure.Code == ErrorCodes.SessionRevoked)
            return WriteErrorAsync(context, StatusCodes.Status401Unauthorized, failure.Code, "The session was revoked.");
        if (failure.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (failure.StatusCode == HttpStatusCode.TooManyRequests)
            return WriteErrorAsync(context, StatusCodes.Status429TooManyRequests, failure.Code, "Too many requests. Try again later.");

        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("ChatBotKit.Chat")
            .LogError(failure, "The chat server refused the request of a user: {Code}", failure.Code);
        return WriteErrorAsync(context, StatusCodes.Status502BadGateway, ErrorCodes.BadGateway, "The chat server is temporarily not available.");
    }

    private static ChatRefusedException TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, ErrorCodes.ContentTooLarge, "The body is too large.");
}

/// <summary>The exception for a request that an endpoint refuses.</summary>
internal sealed class ChatRefusedException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}
