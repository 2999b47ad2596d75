using ChatBotKit.Testing;

namespace ChatBotKit.Tests;

/// <summary>Operations whose fields are all optional need no request object.</summary>
public sealed class OptionalRequestTests
{
    private static readonly Dictionary<string, Func<ChatBotKitApi, Task<IdResponse>>> Calls = new()
    {
        ["POST /api/v1/conversation/c1/contact/upsert\n{}"] = api => api.Conversation.Contact.UpsertAsync("c1"),
        ["POST /api/v1/skillset/s1/ability/create\n{}"] = api => api.Skillset.Ability.CreateAsync("s1"),
        ["POST /api/v1/secret/create\n{}"] = api => api.Secret.CreateAsync(),
        ["POST /api/v1/task/create\n{}"] = api => api.Task.CreateAsync(),
    };

    public static TheoryData<string> Requests => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Operation_WithoutARequest_SendsAnEmptyOne(string request)
    {
        var handler = new ScriptedHandler().Answer("""{"id":"x1"}""");

        var answer = await Calls[request](Clients.Api(handler));

        Assert.Equal("x1", answer.Id);
        Assert.Equal(request, handler.Requests[0].Verbatim);
    }

    [Fact]
    public async Task Dispatch_WithoutARequest_GoesOnFromWhatIsStored()
    {
        var handler = new ScriptedHandler().Answer("""{"channelId":"x1"}""");

        Assert.Equal("x1", (await Clients.Api(handler).Conversation.DispatchAsync("c1", cancellationToken: Clients.Token)).ChannelId);
        Assert.Equal("POST /api/v1/conversation/c1/dispatch\n{}", handler.Requests[0].Verbatim);
    }

    [Fact]
    public async Task Context_OfAPartnersUser_NeedsNoRequest()
    {
        var handler = new ScriptedHandler().Answer("""{"id":"x1","createdAt":1,"updatedAt":2}""");

        Assert.Equal("x1", (await Clients.Api(handler).Partner.User.Context.CreateAsync("u1", cancellationToken: Clients.Token)).Id);
        Assert.Equal("POST /api/v1/partner/user/u1/context/create\n{}", handler.Requests[0].Verbatim);
    }
}
