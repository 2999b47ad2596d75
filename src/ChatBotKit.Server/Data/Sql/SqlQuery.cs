using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ChatBotKit.Server.Data;

/// <summary>
/// A query that is built from parts. Each interpolated value of an added text becomes a parameter, so a value is never part of the
/// SQL.
/// </summary>
internal sealed class SqlQuery
{
    private readonly StringBuilder _sql = new();
    private readonly List<SqlValue> _values = [];

    public string Sql => _sql.ToString();

    public ReadOnlySpan<SqlValue> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>Adds SQL without values, such as that of <see cref="SqlTable{T}.Select(string)"/>.</summary>
    public SqlQuery AddSql(string sql)
    {
        _sql.Append(sql);
        return this;
    }

    /// <summary>Adds SQL whose interpolated values become parameters.</summary>
    public SqlQuery Add([InterpolatedStringHandlerArgument("")] ref SqlText text) => this;

    /// <summary>Adds the condition that the column has one of the values.</summary>
    public SqlQuery AddIn(string column, IReadOnlyList<string> values)
    {
        _sql.Append(CultureInfo.InvariantCulture, $" AND {column} IN (");
        for (var index = 0; index < values.Count; index++)
        {
            _sql.Append(index == 0 ? "" : ", ");
            AddValue(values[index]);
        }

        _sql.Append(')');
        return this;
    }

    private void AddValue(SqlValue value)
    {
        _values.Add(value);
        _sql.Append(CultureInfo.InvariantCulture, $"${_values.Count}");
    }

    /// <summary>An interpolated text that is being added to a query.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct SqlText
    {
        private readonly SqlQuery _query;

        public SqlText(int literalLength, int formattedCount, SqlQuery query)
        {
            _ = (literalLength, formattedCount);
            _query = query;
        }

        public void AppendLiteral(string sql) => _query._sql.Append(sql);

        public void AppendFormatted(SqlValue value) => _query.AddValue(value);
    }
}
