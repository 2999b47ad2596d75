using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.Errors;

public sealed class FaultsTests
{
    [Fact]
    public void Faults_BeyondTheMost_AreCountedAndNotPutTogether()
    {
        var faults = new Faults();
        var asked = 0;
        for (var i = 0; i < 100; i++)
            faults.Add($"\"{new Asked(() => $"field{asked++}")}\" is wrong");

        var refusal = Assert.Throws<ApiException>(faults.ThrowIfAny);

        Assert.StartsWith("\"field0\" is wrong; ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("\"field19\" is wrong; and 80 more", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(20, asked);
    }

    [Fact]
    public void Fault_QuotesTheBeginningOfWhatIsLong()
    {
        var faults = new Faults();
        faults.Add($"\"{string.Concat(Enumerable.Repeat("🐈", 1_000_000))}\" is wrong");
        faults.Add(new string('x', 1_000_000));

        var refusal = Assert.Throws<ApiException>(faults.ThrowIfAny);

        var cats = string.Concat(Enumerable.Repeat("🐈", 150));
        Assert.Equal($"\"{cats}…\" is wrong; {new string('x', 1_000)}…", refusal.Message);
    }

    [Theory]
    [InlineData("cat", 3, "cat")]
    [InlineData("cats", 3, "cat…")]
    [InlineData("a🐈", 3, "a🐈")]
    [InlineData("a🐈s", 3, "a🐈…")]
    [InlineData("a🐈s", 2, "a…")]
    public void Clip_KeepsTheBeginning_WithoutHalfACharacter(string text, int maxLength, string expected) =>
        Assert.Equal(expected, FaultText.Clip(text, maxLength));

    [Theory]
    [InlineData("conversation/{id}/session/create", """{"permissions":[@]}""", "\"wrong\"")]
    [InlineData("conversation/{id}/session/create", """{"origins":[@]}""", "\"wrong\"")]
    [InlineData("conversation/create", """{"messages":[@]}""", """{"type":"wrong","text":"a"}""")]
    [InlineData("conversation/create", """{"messages":[@]}""", "{}")]
    [InlineData("conversation/create", """{"messages":[@]}""", "null")]
    [InlineData("conversation/create", """{@}""", "\"wrong\":1")]
    [InlineData("conversation/create", """{"meta":{@}}""", "\"_wrong\":1")]
    [InlineData("conversation/complete", """{"messages":[@]}""", """{"type":"wrong","text":"a"}""")]
    [InlineData("conversation/complete", """{"messages":[{"type":"user","text":"a"}],"functions":[@]}""", """{"name":"_","description":"","parameters":{"type":1}}""")]
    [InlineData("conversation/complete", """{"messages":[{"type":"user","text":"a"}],"attachments":[@]}""", """{"url":"wrong"}""")]
    public async Task BodyThatIsWrongEverywhere_GetsAShortAnswer(string path, string body, string part)
    {
        await using var server = await FeatureServer.StartAsync();
        var id = await server.CreateConversationAsync();
        var wrong = body.Replace("@", string.Join(',', Enumerable.Repeat(part, 1_000_000 / part.Length)), StringComparison.Ordinal);

        var told = await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, path.Replace("{id}", id, StringComparison.Ordinal), wrong);

        Assert.InRange(told.Length, 1, 8_200);
    }

    [Theory]
    [InlineData("""{"model":"@"}""")]
    [InlineData("""{"@":1}""")]
    [InlineData("""{"meta":{"_@":1}}""")]
    [InlineData("""{"meta":{"@":1,"@":1}}""")]
    public async Task WrongTextThatIsLong_GetsAShortAnswer(string body)
    {
        await using var server = await FeatureServer.StartAsync();
        var told = await server.Owner.AssertRefusedAsync(
            "400 BAD_REQUEST", HttpMethod.Post, "conversation/create", body.Replace("@", new string('x', 1_000_000), StringComparison.Ordinal));
        Assert.InRange(told.Length, 1, 8_200);
    }

    private sealed class Asked(Func<string> text)
    {
        public override string ToString() => text();
    }
}
