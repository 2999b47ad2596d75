using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>The functions of one call: the name of each on the wire, and who calls it.</summary>
internal sealed class CallFunctions
{
    private readonly Dictionary<string, AIFunction> _byChannel = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leftToCaller = new(StringComparer.Ordinal);

    /// <exception cref="NotSupportedException">A tool is not a function.</exception>
    public CallFunctions(ChatOptions? options, ChatBotKitChatClientOptions client)
    {
        var tools = options?.ToolMode is NoneChatToolMode ? [] : options?.Tools ?? [];
        if (tools.FirstOrDefault(tool => tool is not AIFunctionDeclaration) is { } other)
            throw new NotSupportedException($"The API has no tool like {other.GetType().Name} ({other.Name}); only functions can be offered to its models.");
        Names = new FunctionNames((options?.Tools ?? []).Select(tool => tool.Name));
        var definitions = tools.OfType<AIFunctionDeclaration>()
            .Select(tool => Define(tool, client.FunctionAnswers == FunctionAnswers.DuringRun))
            .ToList();
        Definitions = definitions.Count > 0 ? definitions : null;
    }

    /// <summary>Gets the functions for the request; null when there are none.</summary>
    public IReadOnlyList<FunctionDefinition>? Definitions { get; }

    public FunctionNames Names { get; }

    /// <param name="name">The caller's own name of the function.</param>
    public bool IsLeftToCaller(string name) => _leftToCaller.Contains(name);

    public AIFunction? FindByChannel(string channel) => _byChannel.GetValueOrDefault(channel);

    private FunctionDefinition Define(AIFunctionDeclaration tool, bool duringRun)
    {
        string? channel = null;
        if (duringRun && tool is AIFunction function && tool.GetService<ApprovalRequiredAIFunction>() is null)
        {
            channel = "function-" + RandomNumberGenerator.GetHexString(32, lowercase: true);
            _byChannel.Add(channel, function);
        }
        else
        {
            _leftToCaller.Add(tool.Name);
        }

        return new FunctionDefinition
        {
            Name = Names.ToSent(tool.Name),
            // The API requires a description, and the name is better than none.
            Description = string.IsNullOrWhiteSpace(tool.Description) ? tool.Name : tool.Description,
            Parameters = JsonObject.Create(tool.JsonSchema) ?? [],
            Result = channel is null ? null : new FunctionResult { Channel = channel },
        };
    }
}
