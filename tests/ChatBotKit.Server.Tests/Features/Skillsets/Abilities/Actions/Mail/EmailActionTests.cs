namespace ChatBotKit.Server.Tests.Features;

public sealed class EmailActionTests
{
    private const string Instruction = "!email.send {}";

    [Fact]
    public async Task Email_IsSent_WithAnIdOfItsCall()
    {
        await using var sink = new SmtpSink();
        await using var server = await StartAsync(sink);

        var answer = await server.Owner.ExecuteAsync(Instruction, new { to = "ada@example.com, bob@example.com", subject = "Hello\nWorld: ü", text = "How are you?\n.dot" });

        Assert.Equal("""{"sent":true,"to":["ada@example.com","bob@example.com"],"subject":"Hello World: ü"}""", answer.Result());
        var (envelope, message) = await sink.NextAsync();
        Assert.Equal("bot@example.com ada@example.com bob@example.com", envelope);
        Assert.Contains("How are you?", message, StringComparison.Ordinal);
        Assert.Contains("From: bot@example.com", message, StringComparison.Ordinal);
        Assert.Matches("Message-Id: <[a-z0-9-]+@127.0.0.1>", message);
    }

    [Theory]
    [InlineData("nobody@example.com", "The mail server refused the recipient nobody@example.com (status 550).")]
    [InlineData("nonsense", "\"nonsense\" is not an e-mail address.")]
    [InlineData("a@example.com\r\nBcc: b@example.com", "\"a@example.com\r\nBcc: b@example.com\" is not an e-mail address.")]
    [InlineData(",", "An e-mail has 1 to 10 recipients.")]
    public async Task Recipient_ThatIsBad_IsAnError(string to, string error)
    {
        await using var sink = new SmtpSink();
        await using var server = await StartAsync(sink);

        Assert.Equal(error, (await server.Owner.ExecuteAsync(Instruction, new { to, subject = "a", text = "b" })).Error());
    }

    [Fact]
    public async Task Server_WithoutAMailServer_SaysSo()
    {
        await using var server = await FeatureServer.StartAsync();

        Assert.Contains("CHATBOTKIT_SMTP_URL", (await server.Owner.ExecuteAsync(Instruction, new { to = "a@example.com", subject = "a", text = "b" })).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MailServer_ThatIsAway_IsAnError()
    {
        var sink = new SmtpSink();
        await using var server = await StartAsync(sink);
        await sink.DisposeAsync();

        Assert.Equal("The mail server can't be reached.", (await server.Owner.ExecuteAsync(Instruction, new { to = "a@example.com", subject = "a", text = "b" })).Error());
    }

    private static Task<FeatureServer> StartAsync(SmtpSink sink) => FeatureServer.StartAsync(settings: new Dictionary<string, string?>
    {
        ["CHATBOTKIT_SMTP_URL"] = sink.Url,
        ["CHATBOTKIT_SMTP_FROM"] = "bot@example.com",
    });
}
