using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Channels;

internal static class ChannelRules
{
    /// <summary>A channel's id is its secret, so it may not be short.</summary>
    public const int MinIdLength = 16;

    public const int MaxIdLength = 512;

    /// <exception cref="ApiException">400, naming the field.</exception>
    public static void Check(string channelId, string field, int minLength = MinIdLength)
    {
        if (channelId.Length < minLength || channelId.Length > MaxIdLength)
            throw ApiException.BadRequest($"\"{field}\" must be {minLength} to {MaxIdLength} characters long");
    }
}
