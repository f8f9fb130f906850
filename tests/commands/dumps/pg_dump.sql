--
-- PostgreSQL database dump
--

\restrict WJ0ShjpTxuhaMrKzoezlRDvPN9Gh5zWSzRR2BCuLdTIj8X5TVHroWXzoSQPKQSe

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: billing; Type: SCHEMA; Schema: -; Owner: migrate
--

CREATE SCHEMA billing;


ALTER SCHEMA billing OWNER TO migrate;

--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


--
-- Name: email; Type: DOMAIN; Schema: public; Owner: migrate
--

CREATE DOMAIN public.email AS public.citext
	CONSTRAINT email_check CHECK ((VALUE OPERATOR(public.~) '@'::public.citext));


ALTER DOMAIN public.email OWNER TO migrate;

--
-- Name: mood; Type: TYPE; Schema: public; Owner: migrate
--

CREATE TYPE public.mood AS ENUM (
    'sad',
    'ok'
);


ALTER TYPE public.mood OWNER TO migrate;

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: migrate
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN NEW.created := now(); RETURN NEW; END; $$;


ALTER FUNCTION public.touch() OWNER TO migrate;

SET default_tablespace = '';

--
-- Name: invoices; Type: TABLE; Schema: billing; Owner: migrate
--

CREATE TABLE billing.invoices (
    id integer NOT NULL,
    user_id bigint,
    total numeric(10,2),
    day date NOT NULL,
    CONSTRAINT invoices_total_check CHECK ((total >= (0)::numeric))
)
PARTITION BY RANGE (day);


ALTER TABLE billing.invoices OWNER TO migrate;

SET default_table_access_method = heap;

--
-- Name: invoices_2026; Type: TABLE; Schema: billing; Owner: migrate
--

CREATE TABLE billing.invoices_2026 (
    id integer NOT NULL,
    user_id bigint,
    total numeric(10,2),
    day date NOT NULL,
    CONSTRAINT invoices_total_check CHECK ((total >= (0)::numeric))
);


ALTER TABLE billing.invoices_2026 OWNER TO migrate;

--
-- Name: invoices_id_seq; Type: SEQUENCE; Schema: billing; Owner: migrate
--

ALTER TABLE billing.invoices ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME billing.invoices_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: users; Type: TABLE; Schema: public; Owner: shop_owner
--

CREATE TABLE public.users (
    id bigint NOT NULL,
    email public.email NOT NULL,
    m public.mood DEFAULT 'ok'::public.mood,
    name character varying(20) DEFAULT 'it''s; x'::character varying,
    created timestamp with time zone DEFAULT CURRENT_TIMESTAMP,
    tags text[] DEFAULT '{}'::text[]
);


ALTER TABLE public.users OWNER TO shop_owner;

--
-- Name: TABLE users; Type: COMMENT; Schema: public; Owner: shop_owner
--

COMMENT ON TABLE public.users IS 'people; all of them';


--
-- Name: adults; Type: VIEW; Schema: public; Owner: migrate
--

CREATE VIEW public.adults AS
 SELECT users.id,
    users.email
   FROM public.users
  WHERE (users.m = 'ok'::public.mood);


ALTER TABLE public.adults OWNER TO migrate;

--
-- Name: totals; Type: MATERIALIZED VIEW; Schema: public; Owner: migrate
--

CREATE MATERIALIZED VIEW public.totals AS
 SELECT invoices.user_id,
    sum(invoices.total) AS total
   FROM billing.invoices
  GROUP BY invoices.user_id
  WITH NO DATA;


ALTER TABLE public.totals OWNER TO migrate;

--
-- Name: users_id_seq; Type: SEQUENCE; Schema: public; Owner: shop_owner
--

CREATE SEQUENCE public.users_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER TABLE public.users_id_seq OWNER TO shop_owner;

--
-- Name: users_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: shop_owner
--

ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;


--
-- Name: invoices_2026; Type: TABLE ATTACH; Schema: billing; Owner: migrate
--

ALTER TABLE ONLY billing.invoices ATTACH PARTITION billing.invoices_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');


--
-- Name: users id; Type: DEFAULT; Schema: public; Owner: shop_owner
--

ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);


--
-- Data for Name: invoices_2026; Type: TABLE DATA; Schema: billing; Owner: migrate
--

COPY billing.invoices_2026 (id, user_id, total, day) FROM stdin;
\.


--
-- Data for Name: users; Type: TABLE DATA; Schema: public; Owner: shop_owner
--

COPY public.users (id, email, m, name, created, tags) FROM stdin;
1	a@b	ok	it's; x	2026-11-21 11:47:17.400643+00	{}
\.


--
-- Name: invoices_id_seq; Type: SEQUENCE SET; Schema: billing; Owner: migrate
--

SELECT pg_catalog.setval('billing.invoices_id_seq', 1, false);


--
-- Name: users_id_seq; Type: SEQUENCE SET; Schema: public; Owner: shop_owner
--

SELECT pg_catalog.setval('public.users_id_seq', 1, true);


--
-- Name: invoices invoices_pkey; Type: CONSTRAINT; Schema: billing; Owner: migrate
--

ALTER TABLE ONLY billing.invoices
    ADD CONSTRAINT invoices_pkey PRIMARY KEY (id, day);


--
-- Name: invoices_2026 invoices_2026_pkey; Type: CONSTRAINT; Schema: billing; Owner: migrate
--

ALTER TABLE ONLY billing.invoices_2026
    ADD CONSTRAINT invoices_2026_pkey PRIMARY KEY (id, day);


--
-- Name: users users_email_key; Type: CONSTRAINT; Schema: public; Owner: shop_owner
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: shop_owner
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: lower_name; Type: INDEX; Schema: public; Owner: shop_owner
--

CREATE UNIQUE INDEX lower_name ON public.users USING btree (lower((name)::text)) WHERE (m = 'ok'::public.mood);


--
-- Name: totals_user_id_idx; Type: INDEX; Schema: public; Owner: migrate
--

CREATE UNIQUE INDEX totals_user_id_idx ON public.totals USING btree (user_id);


--
-- Name: users_name; Type: INDEX; Schema: public; Owner: shop_owner
--

CREATE INDEX users_name ON public.users USING gin (name public.gin_trgm_ops);


--
-- Name: invoices_2026_pkey; Type: INDEX ATTACH; Schema: billing; Owner: migrate
--

ALTER INDEX billing.invoices_pkey ATTACH PARTITION billing.invoices_2026_pkey;


--
-- Name: users touch; Type: TRIGGER; Schema: public; Owner: shop_owner
--

CREATE TRIGGER touch BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: invoices invoices_user_id_fkey; Type: FK CONSTRAINT; Schema: billing; Owner: migrate
--

ALTER TABLE billing.invoices
    ADD CONSTRAINT invoices_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;


--
-- Name: users own; Type: POLICY; Schema: public; Owner: shop_owner
--

CREATE POLICY own ON public.users FOR SELECT TO reader USING (((email)::public.citext OPERATOR(public.=) (CURRENT_USER)::public.citext));


--
-- Name: users; Type: ROW SECURITY; Schema: public; Owner: shop_owner
--

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

--
-- Name: pub; Type: PUBLICATION; Schema: -; Owner: migrate
--

CREATE PUBLICATION pub WITH (publish = 'insert, update, delete, truncate');


ALTER PUBLICATION pub OWNER TO migrate;

--
-- Name: pub users; Type: PUBLICATION TABLE; Schema: public; Owner: migrate
--

ALTER PUBLICATION pub ADD TABLE ONLY public.users;


--
-- Name: TABLE users; Type: ACL; Schema: public; Owner: shop_owner
--

GRANT SELECT ON TABLE public.users TO reader;


--
-- Name: DEFAULT PRIVILEGES FOR TABLES; Type: DEFAULT ACL; Schema: -; Owner: migrate
--

ALTER DEFAULT PRIVILEGES FOR ROLE migrate GRANT SELECT ON TABLES  TO reader;


--
-- Name: totals; Type: MATERIALIZED VIEW DATA; Schema: public; Owner: migrate
--

REFRESH MATERIALIZED VIEW public.totals;


--
-- PostgreSQL database dump complete
--

\unrestrict WJ0ShjpTxuhaMrKzoezlRDvPN9Gh5zWSzRR2BCuLdTIj8X5TVHroWXzoSQPKQSe

