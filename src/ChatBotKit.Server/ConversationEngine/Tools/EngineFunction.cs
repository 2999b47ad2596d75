using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A tool that the model may call, and who answers the call.</summary>
internal sealed record EngineFunction
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>A JSON Schema of type object.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>The answer that the request brought along, as JSON text; also <c>null</c>, <c>false</c> and <c>0</c> are answers.</summary>
    public string? Data { get; init; }

    /// <summary>The channel that the caller answers on.</summary>
    public string? Channel { get; init; }

    /// <summary>Whether the server answers it with a search in the request's own texts.</summary>
    public bool SearchesKnowledge { get; init; }

    /// <summary>Whether the request defined it, so that its caller may see what it is called with.</summary>
    public bool IsOfRequest { get; init; }

    /// <summary>Call it before the model is asked.</summary>
    public bool CallAtStart { get; init; }

    /// <summary>Call it when the model has finished.</summary>
    public bool CallAtEnd { get; init; }

    /// <summary>Whether the run itself can answer the call; otherwise it ends and the caller answers.</summary>
    public bool IsAnsweredHere => Data is not null || Channel is not null || SearchesKnowledge;
}
