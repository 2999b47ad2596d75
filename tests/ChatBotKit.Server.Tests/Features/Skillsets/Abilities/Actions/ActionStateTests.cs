using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

namespace ChatBotKit.Server.Tests.Features;

public sealed class ActionStateTests
{
    private readonly ActionState _state = new();

    [Fact]
    public void Lists_AreForgottenWhenTheyTakeTooMuchTogether_OldestFirst()
    {
        var element = new string('x', ActionState.MaxElement);
        for (var number = 0; number < 100; number++)
            _state.Use(Scope($"c{number}"), "notes", elements => Fill(elements, element, ActionState.MaxElements));

        Assert.InRange(_state.Characters, ActionState.MaxCharacters / 2, ActionState.MaxCharacters);
        Assert.Equal(0, CountOf("c0"));
        Assert.Equal(ActionState.MaxElements, CountOf("c99"));
    }

    [Fact]
    public void ListThatIsUsed_IsKeptLongest()
    {
        var element = new string('x', ActionState.MaxElement);
        Assert.Equal(0, CountOf("used"));
        _state.Use(Scope("used"), "notes", elements => Fill(elements, "mine", 1));
        for (var number = 0; number < 100; number++)
        {
            _state.Use(Scope($"c{number}"), "notes", elements => Fill(elements, element, ActionState.MaxElements));
            Assert.Equal(1, CountOf("used"));
        }
    }

    [Fact]
    public void ListsThatAreCleared_TakeNothing()
    {
        _state.Use(Scope("c"), "notes", elements => Fill(elements, "text", 5));
        var full = _state.Characters;

        _state.Use(Scope("c"), "notes", elements =>
        {
            elements.Clear();
            return true;
        });

        Assert.InRange(_state.Characters, 0, full - 20);
    }

    private int CountOf(string conversation) => _state.Use(Scope(conversation), "notes", elements => elements.Count);

    private static bool Fill(List<JsonNode?> elements, string text, int count)
    {
        for (var i = 0; i < count; i++)
            elements.Add(JsonValue.Create(text));
        return true;
    }

    private static FunctionScope Scope(string conversation) => new() { Usage = new UsageCounter(), AccountId = "a", RunId = "r", ConversationId = conversation };
}
