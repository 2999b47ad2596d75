using System.Text.Json;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The actions <c>task.*</c> of abilities.</summary>
public sealed class TaskActionTests : IAsyncLifetime
{
    private TaskServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TaskServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Tasks_AreCreatedChangedListedAndDeleted()
    {
        var created = await ResultAsync("create", new { name = "Tidy", description = "Tidy the shelf.", schedule = "18:30", timezone = "Europe/Sofia" });
        var id = created.Id();
        var task = await _server.FetchAsync(id);
        Assert.Equal((_server.BotId, "18:30", "Europe/Sofia"), (task.Text("botId"), task.Text("schedule"), task.Text("timezone")));
        Assert.Equal(task.GetProperty("nextRunAt").GetInt64(), created.GetProperty("nextRunAt").GetInt64());

        var updated = await ResultAsync("update", new { id, schedule = "never" });
        Assert.Equal(("never", "Tidy"), (updated.Text("schedule"), updated.Text("name")));
        Assert.Equal(id, Assert.Single((await ResultAsync("list")).EnumerateArray()).Id());
        Assert.Equal("Tidy the shelf.", (await ResultAsync("fetch", new { id })).Text("description"));

        await ResultAsync("delete", new { id });
        Assert.Empty((await ResultAsync("list")).EnumerateArray());
    }

    [Fact]
    public async Task Run_StartsTheTask_UnlessItIsRunning()
    {
        var id = await _server.CreateAsync();
        _server.Model.Answer(script => script.Silence());

        Assert.True((await ResultAsync("run", new { id })).GetProperty("started").GetBoolean());
        Assert.False((await ResultAsync("trigger", new { id })).GetProperty("started").GetBoolean());
        Assert.Single(await _server.ExecutionsAsync(id));
    }

    [Theory]
    [InlineData("create", """{"name":"a","description":"b","schedule":"sometimes"}""", "\"schedule\"")]
    [InlineData("create", """{"name":"a","description":"b","timezone":"Nowhere"}""", "\"timezone\"")]
    [InlineData("fetch", """{"id":"cnothing"}""", "There is no such task.")]
    public async Task Value_ThatIsBad_IsAnError(string action, string input, string error) =>
        Assert.Contains(error, (await ExecuteAsync(action, input)).Error(), StringComparison.Ordinal);

    [Fact]
    public async Task Tasks_OfOthers_AreOutOfReach()
    {
        var other = ApiJson.Id(await _server.Owner.ReadAsync(HttpMethod.Post, "bot/create", "{}"));
        var ofOtherBot = ApiJson.Id(await _server.Owner.ReadAsync(HttpMethod.Post, "task/create", $$"""{"botId":"{{other}}"}"""));
        var contact = ApiJson.Id(await _server.Owner.ReadAsync(HttpMethod.Post, "contact/create", """{"email":"ada@example.com"}"""));
        var own = await _server.CreateAsync();
        var ofContact = await _server.CreateAsync($"\"contactId\":\"{contact}\"");

        foreach (var action in new[] { "fetch", "update", "delete", "run" })
            Assert.Equal("There is no such task.", (await ExecuteAsync(action, new { id = ofOtherBot })).Error());
        Assert.Equal("There is no such task.", (await ExecuteAsync("fetch", new { id = own }, $"contactId: {contact}")).Error());
        Assert.Equal(ofContact, Assert.Single(JsonElement.Parse((await ExecuteAsync("list", more: $"contactId: {contact}")).Result()).EnumerateArray()).Id());
        Assert.Equal(2, (await ResultAsync("list", new { botId = other })).GetArrayLength());
    }

    [Fact]
    public async Task Task_CanNotStartATask()
    {
        var skillset = await _server.Owner.CreateSkillsetAsync();
        await _server.Owner.CreateAbilityAsync(skillset, "!task.run {}", "start");
        await _server.Owner.ReadAsync(HttpMethod.Post, $"bot/{_server.BotId}/update", new { skillsetId = skillset });
        var (first, second) = (await _server.CreateAsync(), await _server.CreateAsync());
        _server.Model.Answer(script => script.ToolCall("c", "start", $$"""{"id":"{{second}}"}"""));
        _server.ScriptSuccess();

        var execution = await _server.RunAsync(first);

        Assert.Equal("success", execution.Text("outcome"));
        Assert.Empty(await _server.ExecutionsAsync(second));
        Assert.Contains(await _server.MessagesAsync(execution), message => message.Meta?.Contains("start a task.", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Task_CanNotStartATask_ThroughAnotherBot()
    {
        var (skillset, helpers) = (await _server.Owner.CreateSkillsetAsync(), await _server.Owner.CreateSkillsetAsync());
        var helper = ApiJson.Id(await _server.Owner.ReadAsync(HttpMethod.Post, "bot/create", new { skillsetId = helpers }));
        await _server.Owner.CreateAbilityAsync(helpers, $"!task.run {{botId: {_server.BotId}}}", "start");
        await _server.Owner.CreateAbilityAsync(skillset, "@bot/ask", "ask", new { botId = helper });
        await _server.Owner.ReadAsync(HttpMethod.Post, $"bot/{_server.BotId}/update", new { skillsetId = skillset });
        var (first, second) = (await _server.CreateAsync(), await _server.CreateAsync());
        _server.Model.Answer(script => script.ToolCall("c", "ask", """{"question":"Start the other task."}"""));
        _server.Model.Answer(script => script.ToolCall("c", "start", $$"""{"id":"{{second}}"}"""));
        _server.Model.Answer(script => script.Text("It can't be started."));
        _server.ScriptSuccess();

        var execution = await _server.RunAsync(first);

        Assert.Equal("success", execution.Text("outcome"));
        Assert.Empty(await _server.ExecutionsAsync(second));
        Assert.Contains(_server.Model.Requests, request => request.Body.GetRawText().Contains("start a task.", StringComparison.Ordinal));
    }

    private async Task<JsonElement> ResultAsync(string action, object? input = null) => JsonElement.Parse((await ExecuteAsync(action, input)).Result());

    private Task<JsonElement> ExecuteAsync(string action, object? input = null, string? more = null) =>
        _server.Owner.ExecuteAsync($"!task.{action}\nbotId: {_server.BotId}\n{more}", input);
}
