namespace ChatBotKit.Server.Data;

/// <summary>What the databases write differently.</summary>
internal abstract class SqlDialect
{
    /// <summary>
    /// Adds a condition on a column of JSON text that the server wrote: that it holds the value under the key, in which dots lead into
    /// nested objects. The value is compared as text, and also as a boolean or a number when it reads like one.
    /// </summary>
    public abstract void AddJsonCondition(SqlQuery query, string column, string key, string value);
}
