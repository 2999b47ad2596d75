using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>
/// The lists and to-do lists of conversations. They are notes of a model for the work that it is doing, so they are only in memory: a restart
/// loses them, and so do many newer lists.
/// </summary>
internal sealed class ActionState
{
    /// <summary>The maximum number of elements of a list.</summary>
    public const int MaxElements = 200;

    /// <summary>The maximum number of characters of an element as JSON.</summary>
    public const int MaxElement = 2_000;

    private const int MaxLists = 1_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, List<JsonNode?> Elements)> _lists = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, List<JsonNode?> Elements)>> _byKey = new(StringComparer.Ordinal);

    /// <summary>Reads or changes a list of a conversation, of a namespace, or else of a run.</summary>
    public T Use<T>(FunctionScope scope, string name, Func<List<JsonNode?>, T> use)
    {
        var key = $"{scope.AccountId}\n{scope.ConversationId ?? scope.Namespace ?? scope.RunId}\n{name}";
        lock (_gate)
        {
            if (_byKey.Remove(key, out var node))
                _lists.Remove(node);
            node = _byKey[key] = _lists.AddLast(node?.Value ?? (key, []));
            if (_lists.Count > MaxLists)
            {
                _byKey.Remove(_lists.First!.Value.Key);
                _lists.RemoveFirst();
            }

            return use(node.Value.Elements);
        }
    }
}
