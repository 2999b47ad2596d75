namespace ChatBotKit.Server.Tests.Features;

public sealed class ModelTests
{
    [Theory]
    [InlineData("platform/model/list")]
    [InlineData("platform/model/list?type=language")]
    public async Task List_OfLanguageModels_MarksTheDefaultOne(string path)
    {
        await using var server = await FeatureServer.StartAsync();
        var items = (await server.GetAsync(path)).Items().ToList();
        var model = Assert.Single(items, item => item.TryGetProperty("default", out var isDefault) && isDefault.GetBoolean());
        Assert.Equal("extractive", model.Text("id"));
        Assert.Equal("language", model.Text("type"));
        foreach (var field in new[] { "maxTokens", "maxInputTokens", "maxOutputTokens", "createdAt", "updatedAt" })
            Assert.True(model.GetProperty(field).GetInt64() > 0, field);
    }

    [Theory]
    [InlineData("platform/model/list?type=image")]
    [InlineData("platform/model/list?cursor=extractive")]
    public async Task List_OfOtherKindsOrBehindACursor_IsEmpty(string path)
    {
        await using var server = await FeatureServer.StartAsync();
        Assert.Empty((await server.GetAsync(path)).Ids());
    }

    [Fact]
    public async Task List_OfUnknownType_NamesTheKnownOnes()
    {
        await using var server = await FeatureServer.StartAsync();
        await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST: *rerank*", HttpMethod.Get, "platform/model/list?type=smell");
    }

    [Fact]
    public async Task List_AsJsonLines_HoldsEveryModelOnce()
    {
        await using var server = await FeatureServer.StartAsync();
        var count = (await server.GetAsync("platform/model/list")).Ids().Count;
        var lines = await server.Owner.ReadTextAsync("platform/model/list?take=1", "application/jsonl");
        Assert.Equal(count, lines.Count(c => c == '\n'));
    }
}
