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

    /// <summary>The maximum number of characters of all lists together. The lists that were not used for the longest time are forgotten first.</summary>
    public const int MaxCharacters = 8_000_000;

    private const int MaxLists = 1_000;

    /// <summary>What an element takes besides its characters.</summary>
    private const int OfElement = 50;

    private readonly Lock _gate = new();
    private readonly LinkedList<KeptList> _lists = new();
    private readonly Dictionary<string, LinkedListNode<KeptList>> _byKey = new(StringComparer.Ordinal);
    private int _characters;

    /// <summary>The number of characters that are kept.</summary>
    public int Characters => _characters;

    /// <summary>Reads or changes a list of a conversation, of a namespace, or else of a run.</summary>
    public T Use<T>(FunctionScope scope, string name, Func<List<JsonNode?>, T> use)
    {
        var key = $"{scope.AccountId}\n{scope.ConversationId ?? scope.Namespace ?? scope.RunId}\n{name}";
        lock (_gate)
        {
            if (_byKey.Remove(key, out var node))
                _lists.Remove(node);
            node = _byKey[key] = _lists.AddLast(node?.Value ?? new KeptList(key));
            try
            {
                return use(node.Value.Elements);
            }
            finally
            {
                _characters += node.Value.Measure();
                while (_lists.Count > MaxLists || (_characters > MaxCharacters && _lists.Count > 1))
                    Forget(_lists.First!);
            }
        }
    }

    private void Forget(LinkedListNode<KeptList> node)
    {
        _characters -= node.Value.Size;
        _byKey.Remove(node.Value.Key);
        _lists.Remove(node);
    }

    private sealed class KeptList(string key)
    {
        public string Key => key;

        public List<JsonNode?> Elements { get; } = [];

        public int Size { get; private set; }

        /// <summary>Measures the list again, and returns by how much it has grown.</summary>
        public int Measure()
        {
            var before = Size;
            Size = key.Length + Elements.Sum(element => OfElement + (element?.ToJsonString().Length ?? 0));
            return Size - before;
        }
    }
}
