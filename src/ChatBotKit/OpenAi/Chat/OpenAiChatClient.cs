using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>
/// Calls the chat completions endpoint of the OpenAI protocol. Nothing is stored, and request and answer are plain JSON
/// objects.
/// </summary>
public class OpenAiChatClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="OpenAiChatClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public OpenAiChatClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="OpenAiChatClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public OpenAiChatClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="OpenAiChatClient"/> class without options, for test doubles that
    /// override operations.
    /// </summary>
    protected OpenAiChatClient()
    {
    }

    /// <summary>
    /// Runs a model or a bot on messages. The field <c>stream</c> is set by the client: awaiting requests the whole answer,
    /// enumerating requests its chunks. Canceling the request aborts the run.
    /// </summary>
    /// <param name="request">
    /// The request: <c>messages</c>, <c>model</c> as <c>model/name=…</c> or <c>bot/id=…</c>, and optionally <c>tools</c>.
    /// It is copied.
    /// </param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A call that returns the whole completion when awaited, and its chunks as they arrive when enumerated.</returns>
    /// <exception cref="ChatBotKitException">
    /// <see cref="ErrorCodes.BadRequest"/>: the request is not valid, or names no model or bot.
    /// <see cref="ErrorCodes.NoSubscription"/>: the model is not part of the account's plan.
    /// <see cref="ErrorCodes.LimitsReached"/>: the account has no messages or tokens left.
    /// <see cref="ErrorCodes.TooManyRequests"/>: too many runs are in progress. <see cref="ErrorCodes.BadGateway"/> or
    /// <see cref="ErrorCodes.GatewayTimeout"/>: the provider of the model failed or did not answer.
    /// <see cref="ErrorCodes.GenericError"/>: the run failed, and the server does not say why.
    /// <see cref="ClientErrorCodes.ConnectionLost"/>: the connection broke, and the stream could not be resumed.
    /// </exception>
    public virtual ResponsePromise<JsonObject, JsonObject> CompletionsAsync(
        JsonObject request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var route = new Route("/api/v1/openai/chat/completions");
        var whole = Call<JsonObject, JsonObject>(route, Body(Copy(request, stream: false), cancellationToken));
        return ResponsePromise.From(whole.AsTask, Events(route, Body(Copy(request, stream: true), cancellationToken)));
    }

    private static JsonObject Copy(JsonObject request, bool stream)
    {
        var copy = (JsonObject)request.DeepClone();
        copy["stream"] = stream;
        return copy;
    }
}
