using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

public sealed class TypedJsonTests
{
    [Fact]
    public async Task Data_OfAnotherShape_IsAFailedCall()
    {
        var handler = new ScriptedHandler().Answer("""{"data":{"bot":7}}""");

        var failure = await Assert.ThrowsAsync<ChatBotKitException>(() => Clients.Api(handler).GraphQl.CallAsync(
            new GraphQlRequest { Query = "{ bot }" }, OwnTypesContext.Default.BotData, Clients.Token));

        Assert.Equal(ClientErrorCodes.InvalidResponse, failure.Code);
    }

    [Fact]
    public async Task Variables_ThatAreNoObject_AreRefusedBeforeTheyAreSent()
    {
        var handler = new ScriptedHandler();

        await Assert.ThrowsAsync<ArgumentException>(() => Clients.Api(handler).GraphQl.CallAsync(
            "{ bot }", null!, OwnTypesContext.Default.BotVariables, OwnTypesContext.Default.BotData, cancellationToken: Clients.Token));

        Assert.Empty(handler.Requests);
    }
}
