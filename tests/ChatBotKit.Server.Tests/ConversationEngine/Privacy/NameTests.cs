using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ConversationEngine.Privacy;
using ChatBotKit.TestModels;
using Microsoft.Extensions.Time.Testing;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>Names that the model of the setting finds.</summary>
public sealed class NameTests
{
    private static readonly (string, string) Setting = (NameFinder.Setting, "names");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Complete_NamesOfTheModel_AreReplacedInTheWholeConversation()
    {
        await using var server = await EngineServer.StartAsync(more: Setting);
        var id = await CreateAsync(server);
        server.Model.Otherwise(request => request.Model == "names"
            ? new ModelScript().Text("""Here: ["Ann Lee", "Nobody"]""").Usage(10, 2)
            : new ModelScript().Text("Hello [NAME_1]").Usage(1, 1));

        var run = await server.CompleteAsync(id, new { text = "I am Ann Lee, ann@example.com." });
        await server.CompleteAsync(id, new { text = "Who am I?" });

        Assert.Equal("Hello Ann Lee", run.Text);
        Assert.Equal("I am Ann Lee, [EMAIL_1].", server.Model.Requests[0].LastText("user"));
        Assert.Equal("I am [NAME_1], [EMAIL_1].", server.Model.Requests[1].LastText("user"));
        Assert.DoesNotContain("Ann Lee", server.Model.Requests[3].Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(14, run.Result.GetProperty("usage").GetProperty("token").GetInt64());
    }

    [Theory]
    [InlineData("no array")]
    [InlineData("[1, {}, \"\"]")]
    [InlineData("[\"unclosed]")]
    public async Task Complete_TheModelAnswersNonsense_GoesOnWithoutNames(string answer)
    {
        await using var server = await EngineServer.StartAsync(more: Setting);
        var id = await CreateAsync(server);
        server.Model.Answer(script => script.Text(answer)).Answer(script => script.Text("Hi"));

        var run = await server.CompleteAsync(id, new { text = "I am Ann." });

        Assert.Equal("Hi", run.Text);
        Assert.Equal("I am Ann.", server.Model.Requests[1].LastText("user"));
    }

    [Fact]
    public async Task Complete_TheModelIsSilent_GoesOnAfterTheLimit()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await EngineServer.StartAsync(time, patientWithModels: true, more: Setting);
        var id = await CreateAsync(server);
        server.Model.Answer(script => script.Silence()).Answer(script => script.Text("Hi"));

        var running = server.CompleteAsync(id, new { text = "I am Ann." });
        await server.Model.NextRequestAsync(Token);
        time.Advance(NameFinder.Patience);

        Assert.Equal("Hi", (await running.WaitAsync(EngineServer.Patience, Token)).Text);
    }

    [Theory]
    [InlineData("extractive")]
    [InlineData("unknown-model")]
    public async Task Start_WithAModelThatCannot_IsRefused(string model)
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => EngineServer.StartAsync(
            more: [(NameFinder.Setting, model), ("CHATBOTKIT_MODEL_FALLBACK", "")]));

        Assert.Contains(NameFinder.Setting, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limit_LongTexts_AreCutTogether()
    {
        var limited = NameFinder.Limit([new string('a', 7_999), "😀😀", "b"]);

        Assert.Equal([7_999, 0, 1], limited.Select(text => text.Length));
    }

    private static async Task<string> CreateAsync(EngineServer server) =>
        (await server.Http.ReadAsync(HttpMethod.Post, "conversation/create", new { privacy = true })).Text("id")!;
}
