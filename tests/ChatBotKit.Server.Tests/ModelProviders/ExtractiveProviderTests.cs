using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class ExtractiveProviderTests
{
    private static readonly Passage[] Texts =
    [
        new("Opening hours", "Open 9 to 5 from Monday to Friday."),
        new("Returns", "Send it back within 30 days."),
        new("backstory", "You are the assistant of a bicycle shop in Zürich."),
    ];

    private readonly ExtractiveProvider _provider = new(new PassageSearch());

    [Fact]
    public async Task Stream_QuestionThatATextAnswers_QuotesItWithItsSource()
    {
        var answer = await AskAsync("What are your opening hours?");

        Assert.Equal(
            "This is what I found in the texts that I have:\n\nFrom \"Opening hours\": Open 9 to 5 from Monday to Friday.",
            answer.Text);
        Assert.Equal(ModelEndReason.Stop, answer.EndReason);
        Assert.Equal(new ModelUsage(7, 26), answer.Usage);
    }

    [Fact]
    public async Task Stream_QuestionThatTheBackstoryAnswers_SaysSo() => Assert.Contains(
        "From the backstory: You are the assistant", (await AskAsync("Do you sell bicycles?")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("Who won the election?")]
    [InlineData("")]
    public async Task Stream_QuestionThatNoTextAnswers_SaysHonestlyThatItFoundNothing(string question)
    {
        var answer = await AskAsync(question);

        Assert.StartsWith("I found nothing about that", answer.Text, StringComparison.Ordinal);
        Assert.Contains("only quotes", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_SeveralTurns_AnswersTheLastQuestion()
    {
        var request = Request("") with
        {
            Messages =
            [
                new ModelMessage(ModelRole.User, "What are your opening hours?"),
                new ModelMessage(ModelRole.Assistant, "9 to 5."),
                new ModelMessage(ModelRole.User, "How do I send it back?"),
            ],
        };

        Assert.Contains("30 days", (await ModelAnswer.ReadAsync(_provider, request)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_AnyAnswer_ComesWordByWordAndCallsNoTools()
    {
        var answer = await ModelAnswer.ReadAsync(
            _provider, Request("opening hours") with { Tools = [ModelRequests.Weather], ForcedTool = "getWeather" });

        Assert.Empty(answer.ToolCalls);
        Assert.Equal(
            ["This ", "is ", "what ", "I ", "found "],
            answer.Events.Take(5).Select(e => e.Text));
    }

    private static ModelRequest Request(string question) =>
        ModelRequests.Of(new ModelReference { Name = ExtractiveProvider.ModelName }, question) with { Knowledge = Texts };

    private Task<ModelAnswer> AskAsync(string question) => ModelAnswer.ReadAsync(_provider, Request(question));
}
